import type { RescueCase } from '@lifeline/contracts'
import { durationText } from '../queue/countdown.ts'

export interface CallBackClock {
  readonly overdue: boolean
  /** `2:05` to go, `+0:31` over. */
  readonly text: string
}

/** The call-back clock of a case at `now` (ms); undefined where nobody is to be called back. */
export function callBackClock({ deadlines }: Pick<RescueCase, 'deadlines'>, now: number): CallBackClock | undefined {
  const { callBackBy } = deadlines
  if (callBackBy === undefined) return undefined
  const remaining = callBackBy - now
  const overdue = remaining <= 0
  return { overdue, text: overdue ? `+${durationText(-remaining)}` : durationText(Math.ceil(remaining / 1000) * 1000) }
}
