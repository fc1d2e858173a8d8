/** Greatest magnitudes of a motion, in the axis' unit (m or degrees) per s, s² and s³. */
export interface MotionLimits {
  readonly speed: number
  readonly acceleration: number
  readonly jerk: number
}

export interface MotionState {
  readonly position: number
  readonly speed: number
  readonly acceleration: number
}

/** A motion planned from a state to standstill. */
export interface Motion {
  /** s. */
  readonly duration: number
  readonly end: MotionState
  /** The state `elapsed` seconds after the start; before it the start, after it the end exactly. */
  at(elapsed: number): MotionState
}

interface Segment {
  readonly duration: number
  readonly jerk: number
}

export const standstill = (position: number): MotionState => ({ position, speed: 0, acceleration: 0 })

/** The fastest S-curve from standstill to standstill within the limits: up to seven segments of constant jerk. */
export function moveTo(from: number, to: number, limits: MotionLimits): Motion {
  const distance = Math.abs(to - from)
  const direction = Math.sign(to - from)
  const peak = peakSpeed(distance, limits)
  const { ramp, hold } = speedChange(peak, limits)
  const cruise = peak > 0 ? Math.max(0, distance / peak - (2 * ramp + hold)) : 0
  const jerk = direction * limits.jerk
  const segments: Segment[] = [
    { duration: ramp, jerk },
    { duration: hold, jerk: 0 },
    { duration: ramp, jerk: -jerk },
    { duration: cruise, jerk: 0 },
    { duration: ramp, jerk: -jerk },
    { duration: hold, jerk: 0 },
    { duration: ramp, jerk },
  ]
  return motion(standstill(from), segments, to)
}

/** The shortest way to standstill from a moving state; limits below what is already moving are exceeded on the way. */
export function stopFrom(state: MotionState, limits: MotionLimits): Motion {
  const direction = Math.sign(state.speed) || 1
  const speed = Math.abs(state.speed)
  const acceleration = state.acceleration * direction
  const { jerk } = limits
  // An acceleration that still speeds up is taken back first; a deceleration counts as one that has begun.
  const rise = Math.max(0, acceleration) / jerk
  const begun = Math.max(0, -acceleration)
  const peakV = speed + (Math.max(0, acceleration) * rise) / 2
  const unbounded = Math.sqrt(jerk * peakV + (begun * begun) / 2)
  const peak = Math.max(begun, Math.min(unbounded, limits.acceleration))
  const hold = peak > 0 ? Math.max(0, (peakV - (2 * peak * peak - begun * begun) / (2 * jerk)) / peak) : 0
  const segments: Segment[] = [
    { duration: rise, jerk: -direction * jerk },
    { duration: (peak - begun) / jerk, jerk: -direction * jerk },
    { duration: hold, jerk: 0 },
    { duration: peak / jerk, jerk: direction * jerk },
  ]
  return motion(state, segments)
}

/** How a speed is reached from rest: the jerk ramps at both ends, and the constant acceleration between, s. */
function speedChange(speed: number, { acceleration, jerk }: MotionLimits): { ramp: number; hold: number } {
  const full = acceleration / jerk
  if (speed <= acceleration * full) return { ramp: Math.sqrt(speed / jerk), hold: 0 }
  return { ramp: full, hold: speed / acceleration - full }
}

/** The greatest speed that a move over the distance reaches. */
function peakSpeed(distance: number, limits: MotionLimits): number {
  const { speed, acceleration, jerk } = limits
  const lost = (acceleration * acceleration) / jerk
  const withHold = (Math.sqrt(lost * lost + 4 * acceleration * distance) - lost) / 2
  const peak = withHold >= lost ? withHold : Math.cbrt((distance * distance * jerk) / 4)
  return Math.min(speed, peak)
}

/** @param to where it ends exactly; where it is not given, wherever the segments lead */
function motion(start: MotionState, segments: readonly Segment[], to?: number): Motion {
  const begins: { readonly at: number; readonly state: MotionState; readonly jerk: number }[] = []
  let at = 0
  let state = start
  for (const { duration, jerk } of segments) {
    if (duration <= 0) continue
    begins.push({ at, state, jerk })
    state = after(state, jerk, duration)
    at += duration
  }
  const end = standstill(to ?? state.position)
  const duration = at
  return {
    duration,
    end,
    at: (elapsed) => {
      if (elapsed >= duration) return end
      const segment = begins.findLast((begin) => begin.at <= elapsed)
      return segment === undefined ? start : after(segment.state, segment.jerk, elapsed - segment.at)
    },
  }
}

function after({ position, speed, acceleration }: MotionState, jerk: number, t: number): MotionState {
  return {
    position: position + t * (speed + t * (acceleration / 2 + (t * jerk) / 6)),
    speed: speed + t * (acceleration + (t * jerk) / 2),
    acceleration: acceleration + t * jerk,
  }
}
