import type { IncidentEvent } from '@lifeline/contracts'
import { type BoundRule, onLogClock } from './bound-rules.ts'
import { trueTime } from './device-clock.ts'
import type { DeviceState } from './device-state.ts'
import type { OpenedEpisode } from './episode.ts'
import type { Finding } from './rule.ts'

/** What the evidence shows before the condition began, ms. */
const evidenceBeforeMs = 60_000

export interface IncidentFacts {
  readonly state: DeviceState
  readonly bound: BoundRule
  /** The condition began, device time. */
  readonly since: number
  /** The condition ended, device time. */
  readonly clearedAt?: number
  /** The moment of the log at which it is told, ms. */
  readonly toldAt: number
  /** Device time at that moment. */
  readonly now: number
}

/**
 * The id of an episode: device, rule and the true time it opened. A pure function of the log, so that a replay gives
 * the same one; two episodes of a rule on a device never open in the same millisecond.
 */
export const incidentIdOf = ({ equipment }: DeviceState, key: string, openedAt: number): string =>
  `${equipment.deviceId}.${key.replace(':', '.')}.${openedAt.toString(36)}`

/** A time of a rule's episode in true time, whole ms. */
export function inTrueTime(state: DeviceState, key: string, time: number): number {
  return Math.round(onLogClock(key) ? time : trueTime(state, time))
}

/** The CloudEvent of a change; counts the episode's revision up. */
export function incidentEvent(
  type: IncidentEvent['type'],
  episode: OpenedEpisode,
  finding: Finding,
  facts: IncidentFacts,
): IncidentEvent {
  const { state, bound, since, clearedAt, toldAt, now } = facts
  const { rule, key } = bound
  const { deviceId, kind, siteId } = state.equipment
  episode.revision++
  return {
    specversion: '1.0',
    id: `${episode.incidentId}/${episode.revision}`,
    source: 'engine',
    type,
    subject: deviceId,
    time: new Date(toldAt).toISOString(),
    datacontenttype: 'application/json',
    data: {
      incidentId: episode.incidentId,
      ...(episode.parentId === undefined ? {} : { parentId: episode.parentId }),
      deviceId,
      kind,
      siteId,
      rule: rule.name,
      ruleVersion: rule.version,
      severity: episode.severity,
      lifeSafety: episode.lifeSafety,
      confidence: episode.confidence,
      openedAt: episode.trueAt,
      // Ticks may have opened it before the frame came that ended it earlier.
      ...(clearedAt === undefined ? {} : { clearedAt: Math.max(inTrueTime(state, key, clearedAt), episode.trueAt) }),
      late: episode.late,
      measured: finding.measured,
      limit: finding.limit,
      // As the device stamped it: this is where its frames stand in the history.
      evidence: { fromTime: Math.round(since - evidenceBeforeMs), toTime: Math.round(clearedAt ?? now) },
    },
  }
}
