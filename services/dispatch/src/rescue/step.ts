import type { DispatchSettings, TimelineEntry } from '@lifeline/contracts'
import type { DeskCase, Progress, Tier } from './desk-case.ts'
import type { Roster } from './rescue-level.ts'

/** What a decision is made with; nothing else is looked at. */
export interface Context {
  /** ms since the Unix epoch, desk clock. */
  readonly now: number
  /** User name, `system` or `engine`. */
  readonly by: string
  /** Unit of the user, for users of a unit. */
  readonly unitId?: string
  readonly settings: DispatchSettings
  readonly roster: Roster
}

/** Everything that a timeline can tell. */
export type What =
  | 'opened'
  | 'reported'
  | 'joined'
  | 'updated'
  | 'cleared'
  | 'assigned'
  | 'skipped'
  | 'escalated'
  | 'reminder'
  | 'accepted'
  | 'departed'
  | 'arrived'
  | 'freed'
  | 'held'
  | 'noted'
  | 'linked'
  | 'false_alarm'
  | 'closed'

/** A unit is to be told that the case is theirs. */
export interface Notice {
  readonly level: Tier
  /** Absent where 119 is to be telephoned. */
  readonly unitId?: string
}

/** A case after a decision, and what the decision adds to its timeline and sends to units. */
export interface Step {
  readonly rescue: DeskCase
  readonly entries: readonly TimelineEntry[]
  readonly notices: readonly Notice[]
}

export const begin = (rescue: DeskCase): Step => ({ rescue, entries: [], notices: [] })

export const change = (step: Step, change: Partial<DeskCase>): Step => ({
  ...step,
  rescue: { ...step.rescue, ...change },
})

export const proceed = (step: Step, progress: Progress): Step => change(step, { progress })

export function record(step: Step, { now, by }: Context, what: What, details: TimelineEntry['details'] = {}): Step {
  return { ...step, entries: [...step.entries, { at: now, by, what, details }] }
}
