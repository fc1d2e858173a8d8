import type { Equipment, RuleName } from '@lifeline/contracts'
import type { DeviceState } from './device-state.ts'
import { episodeOf } from './episode.ts'

/** So long after the first, an incident of the same cause belongs to it, ms. */
const togetherMs = 120_000

/** The first incident of something that befalls many machines at once. Plain data. */
export interface SharedCause {
  readonly incidentId: string
  readonly deviceId: string
  readonly openedAt: number
}

/** By what befell which site: `power_loss/{siteId}`, `offline/{siteId}`. */
export type SharedCauses = Record<string, SharedCause>

/** What a rule's incident on a machine may have in common with others: its site's mains, the gateway that speaks for the site. */
function causeKey(rule: RuleName, { siteId }: Equipment): string | undefined {
  return rule === 'power_loss' || rule === 'offline' ? `${rule}/${siteId}` : undefined
}

/**
 * The incident that one which opens now belongs to, or undefined where it stands for itself. The first of a power cut
 * or of a gateway's silence is the parent of those that follow; whoever is trapped in a power cut stays an incident
 * of their own under it.
 * @param openedAt true time, ms
 */
export function parentOf(
  causes: SharedCauses,
  rule: RuleName,
  state: DeviceState,
  incidentId: string,
  openedAt: number,
): string | undefined {
  const { equipment, episodes } = state
  if (rule === 'entrapment') {
    const own = episodeOf(episodes, 'power_loss')?.opened
    if (own === null || own === undefined || own.revision === 0) return undefined
    return own.parentId ?? own.incidentId
  }
  const key = causeKey(rule, equipment)
  if (key === undefined) return undefined
  const first = causes[key]
  const anothers = first !== undefined && first.deviceId !== equipment.deviceId
  if (anothers && Math.abs(openedAt - first.openedAt) <= togetherMs) return first.incidentId
  causes[key] = { incidentId, deviceId: equipment.deviceId, openedAt }
  return undefined
}

/** Forgets causes that nothing can belong to any more at a moment of the log. */
export function forgetCauses(causes: SharedCauses, now: number): void {
  for (const key in causes) if (now - (causes[key] as SharedCause).openedAt > 2 * togetherMs) delete causes[key]
}
