import type { RescueCase } from '@lifeline/contracts'
import { durationText } from '../queue/countdown.ts'

/** A deadline as it is shown. */
export interface DueClock {
  readonly overdue: boolean
  /** `2:05` to go, `+0:31` over. */
  readonly text: string
}

/** The call-back clock of a case at `now` (ms); undefined where nobody is to be called back. */
export const callBackClock = ({ deadlines }: Pick<RescueCase, 'deadlines'>, now: number): DueClock | undefined =>
  dueClock(deadlines.callBackBy, now)

/** What is left to a deadline at `now` (both ms); undefined where there is none. */
export function dueClock(by: number | undefined, now: number): DueClock | undefined {
  if (by === undefined) return undefined
  const remaining = by - now
  const overdue = remaining <= 0
  return { overdue, text: overdue ? `+${durationText(-remaining)}` : durationText(Math.ceil(remaining / 1000) * 1000) }
}
