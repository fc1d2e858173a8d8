import type { Action, RescueCase, Role } from '@lifeline/contracts'

/** What can be done with a case as it stands: the natural next step, and the rest in the order of likelihood. */
export interface NextActions {
  readonly primary: Action | undefined
  readonly others: readonly Action[]
}

type Situation = Pick<RescueCase, 'state' | 'level' | 'lifeSafety' | 'deadlines' | 'incidentIds'>

/** What this user can do now. The desk refuses what makes no sense in a state; that is not offered. */
export function nextActions(rescue: Situation, role: Role): NextActions {
  const { primary, others } = sensible(rescue)
  const allowed = (action: Action): boolean => mayDo(role, action)
  const next = primary !== undefined && allowed(primary) ? primary : undefined
  return { primary: next, others: others.filter(allowed) }
}

function sensible(rescue: Situation): NextActions {
  const { state, level, deadlines } = rescue
  const bonds: readonly Action[] = ['link', 'merge', ...(rescue.incidentIds.length > 1 ? (['split'] as const) : [])]
  const running = deadlines.acceptBy !== undefined || deadlines.arriveBy !== undefined
  const more: readonly Action[] = [
    ...(level < 3 ? (['escalate'] as const) : []),
    'assign',
    ...(running ? (['hold'] as const) : []),
    'note',
    ...bonds,
  ]
  const ends: readonly Action[] = ['false-alarm', 'close']
  switch (state) {
    case 'received':
      return { primary: 'assign', others: ['accept', 'note', ...bonds, ...ends] }
    case 'assigned':
      return { primary: 'accept', others: [...more, ...ends] }
    case 'accepted':
      return { primary: 'depart', others: ['arrive', 'free', ...more, ...ends] }
    case 'departed':
      return { primary: 'arrive', others: ['free', ...more, ...ends] }
    case 'arrived':
      return rescue.lifeSafety
        ? { primary: 'free', others: [...more, ...ends] }
        : { primary: 'close', others: ['free', ...more, 'false-alarm'] }
    case 'freed':
      return { primary: 'close', others: ['free', 'note', ...bonds, 'false-alarm'] }
    case 'closed':
      return { primary: undefined, others: ['note', 'link'] }
  }
}

const unitActions: readonly Action[] = ['accept', 'depart', 'arrive', 'free', 'note']

/** The people of the desk do everything, those of a unit what concerns themselves; the others look on. */
function mayDo(role: Role, action: Action): boolean {
  switch (role) {
    case 'dispatcher':
    case 'supervisor':
    case 'administrator':
      return true
    case 'maintenance':
    case 'rescuer':
      return unitActions.includes(action)
    case 'regulator':
      return false
  }
}
