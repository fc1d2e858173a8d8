import type { RescueCase } from '@lifeline/contracts'

/** The clock of a case as it is shown. */
export interface Countdown {
  /** Somebody must accept, or arrive. */
  readonly until: 'accept' | 'arrive'
  readonly overdue: boolean
  /** `2:05` to go, `+0:31` over. */
  readonly text: string
  /** Less than a third of a minute to go, or over. */
  readonly pressing: boolean
}

const pressingMs = 20_000

/** The clock that runs for a case at `now` (ms); undefined where none does. */
export function countdownOf({ deadlines }: Pick<RescueCase, 'deadlines'>, now: number): Countdown | undefined {
  const { acceptBy, arriveBy } = deadlines
  const deadline = acceptBy ?? arriveBy
  if (deadline === undefined) return undefined
  const remaining = deadline - now
  const overdue = remaining <= 0
  return {
    until: acceptBy === undefined ? 'arrive' : 'accept',
    overdue,
    text: overdue ? `+${durationText(-remaining)}` : durationText(Math.ceil(remaining / 1000) * 1000),
    pressing: remaining <= pressingMs,
  }
}

/** A duration in ms as `m:ss`, or `h:mm:ss` from an hour on; whole seconds, what is left of one is cut off. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
