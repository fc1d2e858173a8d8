import type { RescueCase } from '@lifeline/contracts'

/**
 * What the siren sounds for: a life-safety case that nobody has accepted, once for each level it is assigned at, so
 * that an escalation is heard again.
 */
export function alarmsOf(cases: Iterable<RescueCase>): readonly string[] {
  return [...cases]
    .filter(({ lifeSafety, state }) => lifeSafety && (state === 'received' || state === 'assigned'))
    .map(alarmOf)
}

/** The alarm that a case raises as it stands; it is silenced when somebody has looked at the case. */
export const alarmOf = ({ id, level }: Pick<RescueCase, 'id' | 'level'>): string => `${id}@${level}`

/** A mute ends by itself after this, ms. */
export const muteMs = 5 * 60_000
