import type { RescueCase, SessionUser } from '@lifeline/contracts'

/**
 * What the siren sounds for: a life-safety case that nobody has accepted, once for each level it is assigned at, so
 * that an escalation is heard again.
 */
export function alarmsOf(cases: Iterable<RescueCase>): readonly string[] {
  return [...cases]
    .filter(({ lifeSafety, state }) => lifeSafety && (state === 'received' || state === 'assigned'))
    .map(alarmOf)
}

/**
 * Calls to the trapped that are due, once for each time the desk is reminded; only for who has the case, or for all
 * where nobody has it.
 */
export function callBacksDue(cases: Iterable<RescueCase>, user: string): readonly string[] {
  return [...cases]
    .filter(({ deadlines, takenBy }) => deadlines.callBackBy !== undefined && (takenBy?.name ?? user) === user)
    .flatMap(({ id, timeline }) => {
      const last = timeline.findLast(({ what }) => what === 'call_back_due' || what === 'called_back')
      return last?.what === 'call_back_due' ? [`${id}@call-back ${last.at}`] : []
    })
}

/** Cases that nobody at the desk has acted on in time: the supervisor is told of each once. */
export function unacknowledged(cases: Iterable<RescueCase>, role: SessionUser['role']): readonly string[] {
  if (role !== 'supervisor') return []
  return [...cases]
    .filter(({ deadlines, timeline }) => deadlines.ackBy !== undefined && timeline.some(isUnacknowledged))
    .map(({ id }) => `${id}@unacknowledged`)
}

const isUnacknowledged = ({ what }: RescueCase['timeline'][number]): boolean => what === 'unacknowledged'

/** Whatever sounds for a user. */
export const alarmsFor = (cases: readonly RescueCase[], { name, role }: SessionUser): readonly string[] => [
  ...alarmsOf(cases),
  ...callBacksDue(cases, name),
  ...unacknowledged(cases, role),
]

/** The alarms that whoever looks at the case has heard. */
export const alarmsHeard = (rescue: RescueCase, user: SessionUser): readonly string[] => [
  alarmOf(rescue),
  ...callBacksDue([rescue], user.name),
  ...unacknowledged([rescue], user.role),
]

/** The alarm that a case raises as it stands; it is silenced when somebody has looked at the case. */
export const alarmOf = ({ id, level }: Pick<RescueCase, 'id' | 'level'>): string => `${id}@${level}`

/** A mute ends by itself after this, ms. */
export const muteMs = 5 * 60_000
