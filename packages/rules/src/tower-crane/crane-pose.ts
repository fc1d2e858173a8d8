import type { TowerCraneFrame } from '@lifeline/contracts'
import { turn } from './crane-motion.ts'

/** Rates are measured over at least this long, ms: over less, the noise of an angle is a motion. */
const rateMs = 1_000
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
  if (pose === null || elapsed > maxGapMs) return { ...here, slewRate: 0, radiusRate: 0, hookRate: 0, base: here }
  const { slewRate, radiusRate, hookRate, base } = pose
  if (elapsed < rateMs) return { ...here, slewRate, radiusRate, hookRate, base }
  const seconds = elapsed / 1000
  return {
    ...here,
    slewRate: turn(base.slewAngle, slewAngle) / seconds,
    radiusRate: rate(base.radius, radius, seconds),
    hookRate: rate(base.hookHeight, hookHeight, seconds),
    base: here,
  }
}

const rate = (before: number | null, now: number | null, seconds: number): number =>
  before === null || now === null ? 0 : (now - before) / seconds
