import { type Motion, type MotionState, moveTo, stopFrom } from '@lifeline/simulator-physics'
import type { Injection } from './injection.ts'
import { betweenLandings, type ElevatorLimits } from './limits.ts'

/** A car that is not stopped runs so far beyond its last landing, m, until the buffer holds it. */
const beyondLanding = 0.6
/** A door that opens so long before the end of a ride, ms, opens on the way; later it is early at its landing. */
export const farFromLandingMs = 4_000
/** A car whose brake gives way gets so far, m, until it is caught (at most 1.2 m: GB/T 7588.1-2020 5.6.7). */
const driftDistance = 0.9

/** The landing that a fault needs a ride to; undefined where none. @param aboard people in the car */
export function injectedTarget(injection: Injection, floor: number, last: number, aboard: number): number | undefined {
  const farthest = floor > last / 2 ? 0 : last
  const end = injection.name === 'overtravel_top' ? last : 0
  switch (injection.name) {
    case 'entrapment':
    case 'shut_in':
    case 'overspeed':
    case 'moving_with_door_open':
      return farthest
    case 'stop_outside_door_zone':
      return aboard === 0 ? farthest : undefined
    case 'overtravel_top':
    case 'overtravel_bottom':
      return floor === end ? farthest : end
    default:
      return undefined
  }
}

/** A ride between two landings, by their numbers, as it is with what goes wrong. */
export function ride(
  { landings, ride: normal }: ElevatorLimits,
  from: number,
  to: number,
  injection: Injection | undefined,
): Motion {
  const last = landings.length - 1
  const [start, end] = [landings[from] ?? 0, landings[to] ?? 0]
  if (injection?.name === 'overspeed') {
    return moveTo(start, end, { speed: normal.speed * injection.ratio, acceleration: 1.5, jerk: 3 })
  }
  if (injection?.name === 'overtravel_top' && to === last) return moveTo(start, end + beyondLanding, normal)
  if (injection?.name === 'overtravel_bottom' && to === 0) return moveTo(start, end - beyondLanding, normal)
  return moveTo(start, end, normal)
}

/** How a car whose brake has given way leaves a landing: up from the lowest, else down. */
export function driftFrom({ position }: MotionState): Motion {
  const direction = position > driftDistance ? -1 : 1
  return moveTo(position, position + direction * driftDistance, { speed: 0.4, acceleration: 0.4, jerk: 2 })
}

/** Whether the car is well beyond one of its last landings, m. */
export const beyondEnd = ({ landings }: ElevatorLimits, position: number): boolean =>
  position > (landings.at(-1) ?? 0) + beyondLanding / 2 || position < (landings[0] ?? 0) - beyondLanding / 2

/** Whether the brake, put on now, halts the car well between two landings. */
export const wouldHaltBetween = ({ landings, brake }: ElevatorLimits, state: MotionState): boolean =>
  betweenLandings(landings, stopFrom(state, brake).end.position)
