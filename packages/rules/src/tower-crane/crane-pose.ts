import type { TowerCraneFrame } from '@lifeline/contracts'
import { turn } from './crane-motion.ts'

/** Rates are measured over at least this long, ms: over less, the noise of an angle is a motion. */
const rateMs = 2_000
/** Faster than any crane turns or trolleys: one such frame is a spike of the sensor. */
const most = { slewRate: 15, metresPerSecond: 4 }
/** Frames further apart say nothing of the motion between them, ms. */
const maxGapMs = 15_000

/** Where a crane's jib and hook are, in the log's time, and how fast they move. Plain data. */
export interface CranePose extends Measured {
  /** Log time of the measurement, ms. */
  at: number
  /** Degrees per second. */
  slewRate: number
  /** m/s. */
  radiusRate: number
  hookRate: number
  /** The last frame was a leap that no crane makes, and was passed over. */
  leapt: boolean
  /** What the rates are measured from: the last frame a while ago. */
  base: Measured
}

/** What a frame says, in the device's time, ms: frames that were held up and come together are not one moment. */
interface Measured {
  time: number
  /** Degrees clockwise from north. */
  slewAngle: number
  /** m; null where it is not known. */
  radius: number | null
  hookHeight: number | null
}

/**
 * The pose after a frame; the one before where the frame does not tell the angle.
 * @param at log time of the measurement, ms
 */
export function nextPose(pose: CranePose | null, frame: TowerCraneFrame, at: number): CranePose | null {
  const { time, slewAngle } = frame
  if (slewAngle === undefined) return pose
  const radius = frame.radius ?? null
  const hookHeight = frame.hookHeight ?? null
  const base = { time, slewAngle, radius, hookHeight }
  const here = { at, ...base }
  const standing = { ...here, slewRate: 0, radiusRate: 0, hookRate: 0, leapt: false, base }
  if (pose === null) return standing
  const elapsed = time - pose.base.time
  // A clock that was set back tells no rate either.
  if (elapsed > maxGapMs || elapsed < 0) return standing
  if (leaps(pose, base)) return pose.leapt ? standing : { ...pose, leapt: true }
  const { slewRate, radiusRate, hookRate } = pose
  if (elapsed < rateMs) return { ...here, slewRate, radiusRate, hookRate, leapt: false, base: pose.base }
  const seconds = elapsed / 1000
  return {
    ...here,
    slewRate: turn(pose.base.slewAngle, slewAngle) / seconds,
    radiusRate: rate(pose.base.radius, radius, seconds),
    hookRate: rate(pose.base.hookHeight, hookHeight, seconds),
    leapt: false,
    base,
  }
}

function leaps(before: Measured, { time, slewAngle, radius }: Measured): boolean {
  const seconds = Math.max((time - before.time) / 1000, 0.1)
  return (
    Math.abs(turn(before.slewAngle, slewAngle)) > most.slewRate * seconds + 1 ||
    Math.abs(rate(before.radius, radius, seconds)) > most.metresPerSecond + 1 / seconds
  )
}

const rate = (before: number | null, now: number | null, seconds: number): number =>
  before === null || now === null ? 0 : (now - before) / seconds
