import type { TowerCraneFrame } from '@lifeline/contracts'
import { turn } from './crane-motion.ts'

/** Rates are measured over at least this long, ms: over less, the noise of an angle is a motion. */
const rateMs = 2_000
/** Faster than any crane turns or trolleys: one such frame is a spike of the sensor. */
const most = { slewRate: 15, metresPerSecond: 4 }
/** Frames further apart say nothing of the motion between them, ms. */
const maxGapMs = 15_000

/** Where a crane's jib and hook are, in the log's time, and how fast they move. Plain data. */
export interface CranePose {
  /** Log time of the measurement, ms. */
  at: number
  /** Degrees clockwise from north. */
  slewAngle: number
  /** m; null where it is not known. */
  radius: number | null
  hookHeight: number | null
  /** Degrees per second. */
  slewRate: number
  /** m/s. */
  radiusRate: number
  hookRate: number
  /** The last frame was a leap that no crane makes, and was passed over. */
  leapt: boolean
  /** What the rates are measured from. */
  base: { at: number; slewAngle: number; radius: number | null; hookHeight: number | null }
}

/** The pose after a frame; the one before where the frame does not tell the angle. */
export function nextPose(pose: CranePose | null, frame: TowerCraneFrame, at: number): CranePose | null {
  const { slewAngle } = frame
  if (slewAngle === undefined) return pose
  const radius = frame.radius ?? null
  const hookHeight = frame.hookHeight ?? null
  const here = { at, slewAngle, radius, hookHeight }
  const elapsed = pose === null ? Number.POSITIVE_INFINITY : at - pose.base.at
  const standing = { ...here, slewRate: 0, radiusRate: 0, hookRate: 0, leapt: false, base: here }
  if (pose === null || elapsed > maxGapMs) return standing
  if (leaps(pose, here)) return pose.leapt ? standing : { ...pose, leapt: true }
  const { slewRate, radiusRate, hookRate, base } = pose
  if (elapsed < rateMs) return { ...here, slewRate, radiusRate, hookRate, leapt: false, base }
  const seconds = elapsed / 1000
  return {
    ...here,
    slewRate: turn(base.slewAngle, slewAngle) / seconds,
    radiusRate: rate(base.radius, radius, seconds),
    hookRate: rate(base.hookHeight, hookHeight, seconds),
    leapt: false,
    base: here,
  }
}

function leaps(before: CranePose['base'], { at, slewAngle, radius }: CranePose['base']): boolean {
  const seconds = Math.max((at - before.at) / 1000, 0.1)
  return (
    Math.abs(turn(before.slewAngle, slewAngle)) > most.slewRate * seconds + 1 ||
    Math.abs(rate(before.radius, radius, seconds)) > most.metresPerSecond + 1 / seconds
  )
}

const rate = (before: number | null, now: number | null, seconds: number): number =>
  before === null || now === null ? 0 : (now - before) / seconds
