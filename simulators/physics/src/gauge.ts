import type { Random } from './random.ts'

/** How a measuring instrument errs, in its own unit. All are standard deviations. */
export interface GaugeErrors {
  /** Of each reading by itself. */
  readonly noise: number
  /** Noise in proportion to the value. */
  readonly share?: number
  /** Of the zero in the long run: it wanders slowly. */
  readonly drift?: number
  /** Of the scale in the long run: calibration, in proportion to the value. */
  readonly scale?: number
  /** How long drift takes to fall to 1/e, h. */
  readonly driftHours?: number
  /** It cannot show less. */
  readonly least?: number
  readonly decimals: number
}

/** Drift is slow: it is stepped so often, ms. */
const driftStepMs = 60_000

/** One measuring instrument with its noise and its drift. */
export class Gauge {
  readonly #random: Random
  readonly #errors: GaugeErrors
  readonly #scale: number
  readonly #keep: number
  #zero: number
  #scaleError: number
  #driftedAt: number

  /** @param startTime ms since the Unix epoch */
  constructor(random: Random, errors: GaugeErrors, startTime: number) {
    const { drift = 0, scale = 0, driftHours = 24, decimals } = errors
    this.#random = random
    this.#errors = errors
    this.#scale = 10 ** decimals
    this.#keep = Math.exp(-driftStepMs / (driftHours * 3_600_000))
    this.#zero = drift * random.normal()
    this.#scaleError = scale * random.normal()
    this.#driftedAt = startTime
  }

  /** What it shows of a true value. @param time ms since the Unix epoch, never earlier than before */
  read(value: number, time: number): number {
    while (time - this.#driftedAt >= driftStepMs) this.#drift()
    const { noise, share = 0, least = Number.NEGATIVE_INFINITY } = this.#errors
    const deviation = noise + share * Math.abs(value)
    const shown = value * (1 + this.#scaleError) + this.#zero + deviation * this.#random.normal()
    return Math.max(least, Math.round(shown * this.#scale) / this.#scale + 0)
  }

  #drift(): void {
    const { drift = 0, scale = 0 } = this.#errors
    const kick = Math.sqrt(1 - this.#keep * this.#keep)
    this.#zero = this.#zero * this.#keep + drift * kick * this.#random.normal()
    this.#scaleError = this.#scaleError * this.#keep + scale * kick * this.#random.normal()
    this.#driftedAt += driftStepMs
  }
}
