import type { EquipmentOf } from '@lifeline/contracts'
import type { MotionLimits } from '@lifeline/simulator-physics'

export interface HoistLimits {
  readonly ride: MotionLimits
  /** Heights of the landings, m. */
  readonly landings: readonly number[]
  /** kg and people that a careful driver takes. */
  readonly fullLoad: number
  readonly fullPeople: number
  /** m/s at which the safety device trips at the latest (GB/T 34025 family, by rated speed). */
  readonly tripSpeed: number
}

const storey = 3

/** What a hoist of these parameters can do; without registered landings there is one every 3 m. */
export function hoistLimits(parameters: EquipmentOf<'hoist'>['parameters']): HoistLimits {
  const { ratedLoad, ratedSpeed, maxPeople, travel } = parameters
  const storeys = Math.max(1, Math.floor(travel / storey))
  const everyStorey = Array.from({ length: storeys + 1 }, (_, floor) => (travel * floor) / storeys)
  const { landings = everyStorey } = parameters
  return {
    ride: { speed: ratedSpeed, acceleration: 0.4, jerk: 0.8 },
    landings: landings.length < 2 ? everyStorey : landings,
    fullLoad: 0.85 * ratedLoad,
    fullPeople: maxPeople,
    tripSpeed: tripSpeed(ratedSpeed),
  }
}

function tripSpeed(ratedSpeed: number): number {
  if (ratedSpeed <= 0.65) return 1
  return ratedSpeed <= 0.9 ? 1.3 : ratedSpeed + 0.4
}
