import type { Random } from '@lifeline/simulator-physics'
import type { HoistLimits } from './limits.ts'

/** People and material from one landing to another. */
export interface Job {
  readonly from: number
  readonly to: number
  /** The driver not included. */
  readonly people: number
  /** kg. */
  readonly material: number
  /** s at the landings, and until the next job. */
  readonly loadSeconds: number
  readonly unloadSeconds: number
  readonly restSeconds: number
}

export interface Demand {
  next(): Job
}

/** kg that a person with tools counts. */
export const personMass = 75

/** Rides up from the ground with a load and down with people, well within what the hoist may take. */
export function createDemand(random: Random, { landings, fullLoad, fullPeople }: HoistLimits): Demand {
  const last = landings.length - 1
  const seats = Math.max(0, Math.min(fullPeople, Math.floor(fullLoad / personMass)) - 1)
  return {
    next: () => {
      const upper = random.integer(1, last)
      const up = random.next() < 0.55
      const people = random.integer(0, seats)
      const free = Math.max(0, fullLoad - (people + 1) * personMass)
      return {
        from: up ? 0 : upper,
        to: up ? upper : 0,
        people,
        material: up ? Math.floor(random.between(0, free)) : 0,
        loadSeconds: random.between(5, 25),
        unloadSeconds: random.between(5, 20),
        restSeconds: random.between(5, 120),
      }
    },
  }
}
