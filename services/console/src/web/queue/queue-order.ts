import type { RescueCase, Severity } from '@lifeline/contracts'

const rank = { critical: 3, major: 2, warning: 1, info: 0 } as const satisfies Record<Severity, number>

/** The clock that runs next, ms; infinite where none does. */
const nextDeadline = ({ deadlines }: RescueCase): number =>
  deadlines.acceptBy ?? deadlines.arriveBy ?? Number.POSITIVE_INFINITY

/** Differences of two infinite deadlines are no number. */
const ascending = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

/**
 * The order of the queue: open before closed; open ones by risk (priority, then severity), in earnest before drills of
 * the same priority, then by clock (the next deadline, then the longest wait); closed ones with the last closed first.
 */
export function compareCases(a: RescueCase, b: RescueCase): number {
  const closed = Number(a.state === 'closed') - Number(b.state === 'closed')
  if (closed !== 0) return closed
  if (a.state === 'closed') return ascending(b.closedAt ?? b.openedAt, a.closedAt ?? a.openedAt) || byId(a, b)
  return (
    Number(b.lifeSafety) - Number(a.lifeSafety) ||
    a.priority - b.priority ||
    Number(a.drill) - Number(b.drill) ||
    rank[b.severity] - rank[a.severity] ||
    ascending(nextDeadline(a), nextDeadline(b)) ||
    ascending(a.openedAt, b.openedAt) ||
    byId(a, b)
  )
}

/** So that the queue stands still where nothing else decides. */
const byId = (a: RescueCase, b: RescueCase): number => (a.id < b.id ? -1 : Number(a.id > b.id))
