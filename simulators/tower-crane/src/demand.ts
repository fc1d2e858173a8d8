import type { EquipmentOf } from '@lifeline/contracts'
import type { Random } from '@lifeline/simulator-physics'
import type { Sector, TowerCraneLimits } from './limits.ts'
import { capacityAt, leastCapacity } from './load-chart.ts'

export interface Place {
  /** Degrees clockwise from north. */
  readonly slew: number
  readonly radius: number
  readonly height: number
}

/** One load from one place to another. */
export interface Lift {
  readonly from: Place
  readonly to: Place
  /** kg. */
  readonly mass: number
  /** s at the hook before and after, and until the next lift. */
  readonly slingSeconds: number
  readonly unslingSeconds: number
  readonly restSeconds: number
}

export interface Demand {
  next(): Lift
  /** A lift whose load reaches `share` of the capacity where it is to be set down. */
  overloaded(share: number): Lift
  /** A lift near the tower of `share` of the greatest load of the crane. */
  tooHeavy(share: number): Lift
}

/** No load is more than this share of the least capacity on its way: the pull when it starts up adds some percent. */
const greatestShare = 0.72

/** Lifts all over the sector, loads well within the chart. */
export function createDemand(
  random: Random,
  parameters: EquipmentOf<'tower-crane'>['parameters'],
  limits: TowerCraneLimits,
  falls: 2 | 4,
  sector: Sector,
): Demand {
  const [near, far] = limits.radius
  const [low, high] = limits.hookHeight
  const place = (radius: number, height: number): Place => ({
    slew: random.between(sector.from, sector.to),
    radius,
    height,
  })
  const lift = (from: Place, to: Place, mass: number): Lift => ({
    from,
    to,
    mass: Math.round(mass / 10) * 10,
    slingSeconds: random.between(8, 25),
    unslingSeconds: random.between(6, 18),
    restSeconds: random.between(5, 90),
  })
  return {
    next: () => {
      const from = place(random.between(near, far), low)
      const to = place(random.between(near, far), random.between(low, high - 5))
      const least = leastCapacity(parameters, falls, from.radius, to.radius)
      return lift(from, to, random.between(0.15, greatestShare) * Math.min(least, parameters.maxLoad))
    },
    overloaded: (share) => {
      const from = place(near + 0.3 * (far - near), low)
      const to = place(near + 0.85 * (far - near), (low + high) / 2)
      return lift(from, to, share * capacityAt(parameters, falls, to.radius))
    },
    tooHeavy: (share) => lift(place(near, low), place(near, (low + high) / 2), share * parameters.maxLoad),
  }
}
