import {
  type DispatchSettings,
  dispatchSettingsSchema,
  type Equipment,
  type Incident,
  type IncidentEvent,
  type Unit,
} from '@lifeline/contracts'
import { type Device, deviceOf } from '../rescue/device.ts'
import { type Readiness, rosterOf } from '../rescue/rescue-level.ts'
import type { Context } from '../rescue/step.ts'

// One lift, the units around it and the engine's words on it, for the tests of the desk.

export const settings: DispatchSettings = dispatchSettingsSchema.parse({})

export const units: readonly Unit[] = [
  { id: 'unit-lift', name: '签约维保', kind: 'maintenance', phone: '023-1', location: { lat: 29.5, lon: 106.5 } },
  { id: 'station-far', name: '远站', kind: 'station', phone: '023-2', location: { lat: 29.9, lon: 106.9 } },
  { id: 'station-near', name: '近站', kind: 'station', phone: '023-3', location: { lat: 29.61, lon: 106.51 } },
  { id: 'fire-1', name: '消防', kind: 'fire', phone: '119', location: { lat: 29.7, lon: 106.7 } },
  { id: 'owner', name: '物业', kind: 'use', phone: '023-4' },
]

export const lift: Equipment = {
  kind: 'elevator',
  deviceId: 'lift-1',
  siteId: 'site-1',
  rescueCode: '100001',
  registrationCode: '31105001122020010001',
  address: '沙坪坝区 1 栋 1 单元',
  location: { lat: 29.6, lon: 106.5 },
  rural: false,
  useUnit: '物业',
  maintenanceUnit: 'unit-lift',
  approvedForUse: true,
  reportInterval: 10,
  operators: [],
  settings: {},
  parameters: { ratedLoad: 1000, ratedSpeed: 1.75, travel: 60, floors: 20, installedOn: '2019-05-01' },
}

export const device: Device = deviceOf(lift)
export const unitsById = new Map(units.map((unit) => [unit.id, unit]))
export const ready: Readiness = { travel: settings, offDuty: new Set() }
export const roster = rosterOf(lift, unitsById, ready)
export const emptyRoster = rosterOf(lift, new Map(), ready)

export const at = (now: number, by = 'system', more: Partial<Context> = {}): Context => ({
  now,
  by,
  atDesk: false,
  settings,
  roster,
  ...more,
})

/** The engine's word on an incident of `lift`, `data` over those of a confirmed entrapment. */
export function heard(incidentId: string, revision: number, data: Partial<Incident> = {}): IncidentEvent {
  const incident: Incident = {
    incidentId,
    deviceId: lift.deviceId,
    kind: lift.kind,
    siteId: lift.siteId,
    rule: 'entrapment',
    ruleVersion: 1,
    severity: 'critical',
    lifeSafety: true,
    confidence: 'confirmed',
    openedAt: 1_000_000,
    late: false,
    measured: { duration: 30 },
    limit: { value: 30, unit: 's', source: 'setting' },
    evidence: { fromTime: 880_000, toTime: 1_000_000 },
    ...data,
  }
  const cleared = incident.clearedAt !== undefined
  return {
    specversion: '1.0',
    id: `${incidentId}/${revision}`,
    source: 'engine',
    type: cleared ? 'incident.cleared' : revision === 1 ? 'incident.opened' : 'incident.updated',
    subject: incident.deviceId,
    time: new Date(incident.clearedAt ?? incident.openedAt).toISOString(),
    datacontenttype: 'application/json',
    data: incident,
  }
}

export const doorFault = { rule: 'door_fault', severity: 'warning', lifeSafety: false } as const
