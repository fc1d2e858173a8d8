/** What a machine does in time. */
export interface Ticked {
  /** One tick has gone by. */
  tick(): void
  /** Before this time, ms since the Unix epoch, ticks only let time go by; now or earlier where the next one acts. */
  quietUntil(): number
  /** Lets `ms` of such ticks go by at once. */
  skip(ms: number): void
}

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
   * Lets `dtMs` go by in whole ticks, those in which nothing happens at once; the rest waits for the next step.
   * @throws RangeError where `dtMs` is negative or no number
   */
  step(dtMs: number, machine: Ticked): void {
    if (!(dtMs >= 0)) throw new RangeError(`a simulator cannot be stepped by ${dtMs} ms: give 0 or more`)
    this.#pendingMs += dtMs
    while (this.#pendingMs >= this.#tickMs) {
      const wholeTicks = Math.floor(this.#pendingMs / this.#tickMs)
      const quietTicks = Math.ceil((machine.quietUntil() - this.time) / this.#tickMs) - 1
      const skipped = Math.min(wholeTicks, quietTicks)
      if (skipped > 0) {
        this.#pendingMs -= skipped * this.#tickMs
        this.#ticks += skipped
        machine.skip(skipped * this.#tickMs)
        continue
      }
      this.#pendingMs -= this.#tickMs
      this.#ticks++
      machine.tick()
    }
  }
}
