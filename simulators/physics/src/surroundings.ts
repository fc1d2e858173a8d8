import type { Fault } from './simulator.ts'
import { Wind } from './wind.ts'

export const surroundingsFaults = ['wind', 'tilt', 'unauthorised_operator'] as const
export type SurroundingsFault = (typeof surroundingsFaults)[number]

export interface SurroundingsOptions {
  readonly seed: string | number
  /** ms since the Unix epoch. */
  readonly startTime: number
  /** Height of the anemometer, m above ground. */
  readonly height: number
  /** m/s: no fair-weather gust goes beyond it. */
  readonly greatestWind: number
  /** m/s from which the machine must not work. */
  readonly windLimit: number
}

/** A foundation that gives way lets the mast lean by 6/1000, degrees; 4/1000 is what it may (GB/T 5031). */
const settledLean = 0.344
const leanLimit = 0.229
/** How fast it gives way, and is set right again, degrees per s. */
const settling = settledLean / 60
/** A card that nobody has registered. */
const strangersCard = 'card-of-a-stranger'

/** Wind, ground and driver of a machine with a mast, and what goes wrong with them. */
export class Surroundings {
  readonly #wind: Wind
  readonly #windLimit: number
  #time: number
  #lean = 0
  #injected: SurroundingsFault | undefined
  #fault: Fault<SurroundingsFault> | undefined

  constructor({ seed, startTime, height, greatestWind, windLimit }: SurroundingsOptions) {
    this.#windLimit = windLimit
    // The mean is so far above the limit that hardly a lull goes below it.
    this.#wind = new Wind({ seed: String(seed), startTime, height, greatest: greatestWind, storm: 1.5 * windLimit })
    this.#time = startTime
  }

  get windSpeed(): number {
    return this.#wind.speed
  }

  /** How much more than usual the mast leans, degrees to the east. */
  get lean(): number {
    return this.#lean
  }

  get fault(): Fault<SurroundingsFault> | undefined {
    return this.#fault
  }

  /** Nothing goes wrong, and nothing is being set right. */
  get fair(): boolean {
    return this.#injected === undefined && this.#fault === undefined && this.#lean === 0
  }

  /** The card in the reader. @param own of whoever should drive the machine */
  operator(own: string | undefined): string | undefined {
    return this.#injected === 'unauthorised_operator' ? strangersCard : own
  }

  inject(fault: SurroundingsFault): void {
    this.#injected = fault
    this.#wind.stormy = fault === 'wind'
  }

  release(): void {
    this.#injected = undefined
    this.#wind.stormy = false
  }

  /** Lets time go on to `time`, ms since the Unix epoch. @param moving whether the machine moves */
  advance(time: number, moving: boolean): void {
    this.#wind.advance(time)
    const change = (settling * (time - this.#time)) / 1000
    if (this.#injected === 'tilt') this.#lean = Math.min(settledLean, this.#lean + change)
    else if (this.#lean > 0) this.#lean = Math.max(0, this.#lean - change)
    this.#time = time
    const name = this.#present(moving)
    if (name === undefined) this.#fault = undefined
    else if (this.#fault?.name !== name) this.#fault = { name, since: time }
  }

  #present(moving: boolean): SurroundingsFault | undefined {
    if (this.#wind.mean >= this.#windLimit) return 'wind'
    if (this.#lean >= leanLimit) return 'tilt'
    const drives = this.#injected === 'unauthorised_operator' && (moving || this.#fault !== undefined)
    return drives ? 'unauthorised_operator' : undefined
  }
}
