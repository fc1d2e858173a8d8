import type { RescueCase } from '@lifeline/contracts'

/** A trapped passenger waiting for the maintenance unit, and what a test says otherwise. */
export function rescueCase(otherwise: Partial<RescueCase> = {}): RescueCase {
  return {
    id: 'case-1',
    incidentIds: ['incident-1'],
    deviceId: 'lift-1',
    kind: 'elevator',
    siteId: 'site-1',
    address: '璧泉街道双星大道 8 号 2 单元',
    rescueCode: '512345',
    rule: 'entrapment',
    severity: 'critical',
    lifeSafety: true,
    priority: 2,
    drill: false,
    condition: { injured: false, heat: false, medical: false },
    proposals: [],
    confidence: 'suspected',
    state: 'assigned',
    level: 1,
    openedAt: 1_700_000_000_000,
    deadlines: {},
    assignedTo: 'unit-1',
    measured: {},
    evidence: { fromTime: 1_699_999_880_000, toTime: 1_700_000_000_000 },
    timeline: [],
    ...otherwise,
  }
}
