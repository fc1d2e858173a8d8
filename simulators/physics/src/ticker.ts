/** A machine's own clock: it goes in equal ticks, so what happens does not depend on how it is stepped. */
export class Ticker {
  readonly #startTime: number
  readonly #tickMs: number
  #ticks = 0
  #pendingMs = 0

  /** @param startTime ms since the Unix epoch; @param tickMs length of one tick */
  constructor(startTime: number, tickMs: number) {
    this.#startTime = startTime
    this.#tickMs = tickMs
  }

  /** ms since the Unix epoch. */
  get time(): number {
    return this.#startTime + this.#ticks * this.#tickMs
  }

  /** Ticks since the start. */
  get count(): number {
    return this.#ticks
  }

  /**
   * Lets `dtMs` go by and calls `tick` for each whole tick; the rest waits for the next step.
   * @throws RangeError where `dtMs` is negative or no number
   */
  step(dtMs: number, tick: () => void): void {
    if (!(dtMs >= 0)) throw new RangeError(`a simulator cannot be stepped by ${dtMs} ms: give 0 or more`)
    this.#pendingMs += dtMs
    while (this.#pendingMs >= this.#tickMs) {
      this.#pendingMs -= this.#tickMs
      this.#ticks++
      tick()
    }
  }
}
