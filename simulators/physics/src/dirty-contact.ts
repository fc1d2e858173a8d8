import type { Random } from './random.ts'

const dayMs = 86_400_000

/** A switch whose contact is dirty: now and then one reading of it is wrong. */
export class DirtyContact {
  readonly #random: Random
  readonly #meanMs: number
  #nextAt: number

  /** @param perDay wrong readings a day; @param startTime ms since the Unix epoch */
  constructor(random: Random, perDay: number, startTime: number) {
    this.#random = random
    this.#meanMs = dayMs / perDay
    this.#nextAt = startTime + random.exponential(this.#meanMs)
  }

  /** When the next reading is wrong, ms since the Unix epoch. */
  get nextAt(): number {
    return this.#nextAt
  }

  /** Whether the reading at a time, ms since the Unix epoch, is wrong. */
  flickers(time: number): boolean {
    if (time < this.#nextAt) return false
    this.#nextAt = time + this.#random.exponential(this.#meanMs)
    return true
  }
}
