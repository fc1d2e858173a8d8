import type { Frame, TowerCraneFrame } from '@lifeline/contracts'

/** Frames further apart than this say nothing about the motion between them, ms. */
const maxGapMs = 15_000
const minGapMs = 900

/** Slower than this a crane stands: what encoders at rest show, and wind does to a jib. */
const slewDegreesPerSecond = 0.5
const metresPerSecond = 0.15

/** The turn from one slew angle to another the shorter way, degrees, clockwise positive. */
export const turn = (from: number, to: number): number => ((((to - from) % 360) + 540) % 360) - 180

/** Whether the crane slews, trolleys or hoists, by a frame at least a second older; undefined where they do not tell. */
export function craneMoves(frame: TowerCraneFrame, base: Frame | null): boolean | undefined {
  const previous = base as TowerCraneFrame | null
  const elapsed = frame.time - (previous?.time ?? 0)
  if (previous === null || elapsed < minGapMs || elapsed > maxGapMs) return undefined
  const seconds = elapsed / 1000
  let known = false
  if (frame.slewAngle !== undefined && previous.slewAngle !== undefined) {
    known = true
    if (Math.abs(turn(previous.slewAngle, frame.slewAngle)) > slewDegreesPerSecond * seconds) return true
  }
  for (const field of ['radius', 'hookHeight', 'travel'] as const) {
    const now = frame[field]
    const before = previous[field]
    if (now === undefined || before === undefined) continue
    known = true
    if (Math.abs(now - before) > metresPerSecond * seconds) return true
  }
  return known ? false : undefined
}
