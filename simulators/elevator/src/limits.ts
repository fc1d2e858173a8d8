import type { EquipmentOf } from '@lifeline/contracts'
import type { MotionLimits } from '@lifeline/simulator-physics'

export interface ElevatorLimits {
  readonly ride: MotionLimits
  /** Back to a landing after a halt. */
  readonly creep: MotionLimits
  /** The brake that halts the car between landings. */
  readonly brake: MotionLimits
  /** m from a landing within which the doors may be unlocked. */
  readonly doorZone: number
  /** Heights of the landings, m above the lowest. */
  readonly landings: readonly number[]
  /** kg beyond which nobody steps in any more. */
  readonly fullLoad: number
  /** kg from which it is overloaded: 110 % of rated, below 750 kg rated + 75 kg (GB/T 7588.1-2020 5.12.1.2). */
  readonly overload: number
}

/** What a lift of these parameters can do: comfort values of passenger lifts; landings stand at equal distances. */
export function elevatorLimits(parameters: EquipmentOf<'elevator'>['parameters']): ElevatorLimits {
  const { ratedLoad, ratedSpeed, travel, floors } = parameters
  return {
    ride: { speed: ratedSpeed, acceleration: ratedSpeed > 1 ? 0.9 : 0.6, jerk: 1 },
    creep: { speed: Math.min(0.3, ratedSpeed), acceleration: 0.3, jerk: 0.5 },
    brake: { speed: ratedSpeed, acceleration: 2, jerk: 20 },
    doorZone: 0.2,
    landings: Array.from({ length: floors }, (_, floor) => (travel * floor) / (floors - 1)),
    fullLoad: 0.95 * ratedLoad,
    overload: ratedLoad < 750 ? ratedLoad + 75 : 1.1 * ratedLoad,
  }
}

/** Whether a position is well away from both landings it is between: in the middle two fifths. */
export function betweenLandings(landings: readonly number[], position: number): boolean {
  const above = landings.findIndex((height) => height > position)
  if (above < 1) return false
  const [low, high] = [landings[above - 1] ?? 0, landings[above] ?? 0]
  const share = (position - low) / (high - low)
  return share >= 0.3 && share <= 0.7
}
