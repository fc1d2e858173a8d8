import { drydenGusts } from './gusts.ts'
import { meanReverting } from './mean-reverting.ts'
import { createRandom } from './random.ts'

/** An anemometer gives a new value so often, ms. */
const stepMs = 1_000
/** A squall line comes and goes within minutes, s. */
const risingSeconds = 120

export interface WindOptions {
  readonly seed: string
  /** ms since the Unix epoch. */
  readonly startTime: number
  /** m above ground. */
  readonly height: number
  /** m/s: no fair-weather gust goes beyond it. */
  readonly greatest: number
  /** m/s: a storm's mean wind is that. */
  readonly storm: number
}

/** The wind at the top of a mast: weather that wanders, and gusts of the Dryden model in it. */
export class Wind {
  readonly #options: WindOptions
  readonly #weather: () => number
  readonly #gust: (mean: number, seconds: number) => number
  #time: number
  #storminess = 0
  #mean = 0
  #speed = 0
  stormy = false

  constructor(options: WindOptions) {
    this.#options = options
    const random = createRandom(`wind ${options.seed}`)
    const weather = { mean: random.between(2, 4.5), deviation: 0.6, relaxation: 1_800, min: 0.5, max: options.greatest }
    this.#weather = meanReverting(random, weather, stepMs)
    this.#gust = drydenGusts(random, options.height)
    this.#time = options.startTime
    this.#blow()
  }

  /** m/s, now. */
  get speed(): number {
    return this.#speed
  }

  /** m/s, without the gust. */
  get mean(): number {
    return this.#mean
  }

  /** Lets time go on to `time`, ms since the Unix epoch. */
  advance(time: number): void {
    for (; this.#time + stepMs <= time; this.#time += stepMs) this.#blow()
  }

  #blow(): void {
    const { greatest, storm } = this.#options
    const change = 1 / risingSeconds
    this.#storminess = Math.min(1, Math.max(0, this.#storminess + (this.stormy ? change : -change)))
    const fair = this.#weather()
    this.#mean = fair + this.#storminess * Math.max(0, storm - fair)
    const blows = Math.max(0.1, this.#mean + this.#gust(this.#mean, stepMs / 1000))
    this.#speed = this.#storminess > 0 ? blows : Math.min(blows, greatest)
  }
}
