import type { Random } from './random.ts'

export interface DetectorErrors {
  /** People who stand still so long are not moving any more to the detector, s. */
  readonly stillSeconds: number
  /** It then loses them about so often, s between. */
  readonly losesEverySeconds: number
  /** For so long, s: the mean of an exponential distribution. */
  readonly lostSeconds: number
  /** Readings a day that show somebody in an empty car: reflections, insects, sunlight. */
  readonly ghostsPerDay: number
}

const dayMs = 86_400_000

/** A motion detector that counts people: it loses those who stand still, and now and then sees somebody who is not there. */
export class PeopleDetector {
  readonly #random: Random
  readonly #errors: DetectorErrors
  #people = 0
  #losesAt = Number.POSITIVE_INFINITY
  #findsAt = Number.NEGATIVE_INFINITY
  #ghostAt: number

  /** @param startTime ms since the Unix epoch */
  constructor(random: Random, errors: DetectorErrors, startTime: number) {
    this.#random = random
    this.#errors = errors
    this.#ghostAt = startTime + this.#untilGhost()
  }

  /** When what it shows changes though nothing else does, ms since the Unix epoch. */
  get nextAt(): number {
    if (this.#people === 0) return this.#ghostAt
    return this.#findsAt === Number.NEGATIVE_INFINITY ? this.#losesAt : this.#findsAt
  }

  /** How many it shows of so many, at a time in ms since the Unix epoch. */
  read(people: number, time: number): number {
    if (people !== this.#people) {
      // Somebody moved.
      this.#people = people
      this.#findsAt = Number.NEGATIVE_INFINITY
      this.#losesAt = time + 1000 * this.#errors.stillSeconds + this.#untilLost()
    }
    if (people === 0) {
      if (time < this.#ghostAt) return 0
      this.#ghostAt = time + this.#untilGhost()
      return 1
    }
    if (time >= this.#losesAt) {
      this.#findsAt = time + this.#random.exponential(1000 * this.#errors.lostSeconds)
      this.#losesAt = this.#findsAt + this.#untilLost()
    }
    if (time < this.#findsAt) return 0
    this.#findsAt = Number.NEGATIVE_INFINITY
    return people
  }

  #untilLost(): number {
    return this.#random.exponential(1000 * this.#errors.losesEverySeconds)
  }

  #untilGhost(): number {
    return this.#random.exponential(dayMs / this.#errors.ghostsPerDay)
  }
}
