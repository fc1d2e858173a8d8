import { speedRamp } from './speed-ramp.ts'

/** A recording that is brought to a standstill, held, and let go on. */
export interface Hold {
  /** When slowing down begins, ms of the recording. */
  readonly atMs: number
  /** How long it stands still, ms. */
  readonly holdMs: number
}

/** Slowing down and picking up again each take so long, s. */
const rampSeconds = 1

/** How much longer a recording is with the hold. */
export const heldMs = ({ holdMs }: Hold): number => holdMs + rampSeconds * 1_000

/** Where in the recording one is, and how fast it goes there: 1 as recorded, 0 held. @param atMs time with the hold */
export function throughHold(hold: Hold | undefined, atMs: number): { recordedMs: number; pace: number } {
  if (hold === undefined || atMs <= hold.atMs) return { recordedMs: atMs, pace: 1 }
  const since = (atMs - hold.atMs) / 1_000
  const slowed = (after: number): number => speedRamp(after - rampSeconds / 2, rampSeconds)
  const resumed = since - rampSeconds - hold.holdMs / 1_000
  const pace = Math.min(1, Math.max(0, 1 - since / rampSeconds, resumed / rampSeconds))
  return { recordedMs: hold.atMs + (since - slowed(since) + slowed(resumed)) * 1_000, pace }
}
