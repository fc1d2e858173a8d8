import type { Random } from '@lifeline/simulator-physics'

/** Someone who wants from one landing to another. */
export interface Passenger {
  readonly from: number
  readonly to: number
  /** kg. */
  readonly mass: number
}

/** Who comes to the lift, and when. */
export interface Demand {
  /** When the next one comes, ms since the Unix epoch. */
  readonly nextAt: number
  /** Those who came since the last call. @param time ms since the Unix epoch */
  arrivals(time: number): readonly Passenger[]
  /** Someone who is at a landing now. */
  passenger(from: number, to: number): Passenger
}

const nobody: readonly Passenger[] = []
const hourMs = 3_600_000
/** Local time of the machines, China Standard Time. */
const utcOffsetMs = 8 * hourMs
/** Passengers in each hour of the day, for a residential lift: out in the morning, home in the evening. */
const perHour = [5, 4, 4, 4, 5, 10, 30, 55, 50, 32, 28, 34, 42, 30, 26, 26, 32, 48, 55, 48, 36, 26, 16, 9]

/**
 * Passengers as a Poisson process by the hour of the day. Half of them or more go from or to the lowest landing, and
 * each weighs 35 to 115 kg about a mean of 68.
 */
export function createDemand(random: Random, floors: number, startTime: number): Demand {
  let next = startTime
  const schedule = (): void => {
    const hour = Math.floor((next + utcOffsetMs) / hourMs) % 24
    next += random.exponential(hourMs / (perHour[hour] ?? 30))
  }
  schedule()

  const other = (floor: number): number => (floor + random.integer(1, floors - 1)) % floors
  const journey = (time: number): { from: number; to: number } => {
    const outwards = (time + utcOffsetMs) % (24 * hourMs) < 12 * hourMs ? 0.6 : 0.25
    const kind = random.next()
    const floor = random.integer(1, floors - 1)
    if (kind < outwards) return { from: floor, to: 0 }
    if (kind < 0.9) return { from: 0, to: floor }
    return { from: floor, to: other(floor) }
  }
  const mass = (): number => Math.round(Math.min(115, Math.max(35, 68 + 15 * random.normal())))

  return {
    get nextAt() {
      return next
    },
    passenger: (from, to) => ({ from, to, mass: mass() }),
    arrivals: (time) => {
      if (time < next) return nobody
      const came: Passenger[] = []
      while (time >= next) {
        came.push({ ...journey(next), mass: mass() })
        schedule()
      }
      return came
    },
  }
}
