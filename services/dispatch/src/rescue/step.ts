import type { DispatchSettings, TimelineEntry } from '@lifeline/contracts'
import type { DeskCase, Progress } from './desk-case.ts'
import type { Notice } from './notice.ts'
import type { Roster } from './rescue-level.ts'

/** What a decision is made with; nothing else is looked at. */
export interface Context {
  /** ms since the Unix epoch, desk clock. */
  readonly now: number
  /** User name, `system` or `engine`. */
  readonly by: string
  /** A person of the desk acts, not the engine, a crew or the desk by itself. */
  readonly atDesk: boolean
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
  | 'stood_down'
  | 'accepted'
  | 'departed'
  | 'arrived'
  | 'freed'
  | 'held'
  | 'noted'
  | 'linked'
  | 'taken'
  | 'merged'
  | 'split'
  | 'proposed'
  | 'summoned'
  | 'declined'
  | 'called_back'
  | 'call_back_due'
  | 'unacknowledged'
  | 'false_alarm'
  | 'closed'

/** A case after a decision, and what the decision adds to its timeline, and whom it tells. */
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
