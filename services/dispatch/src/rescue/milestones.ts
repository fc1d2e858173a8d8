import type { TimelineEntry } from '@lifeline/contracts'
import type { Milestones } from './desk-case.ts'

const reachedBy = { accepted: 'acceptedAt', arrived: 'arrivedAt', freed: 'freedAt' } as const

/** What the entries add to how far a case got; the first time counts. */
export function milestonesAfter(milestones: Milestones, entries: readonly TimelineEntry[]): Milestones {
  const known: { -readonly [N in keyof Milestones]: Milestones[N] } = { ...milestones }
  for (const { what, at } of entries) {
    if (what === 'reported') known.calls++
    if (what in reachedBy) known[reachedBy[what as keyof typeof reachedBy]] ??= at
  }
  return known
}
