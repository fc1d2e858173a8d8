/** Steps in a turn of the event loop: a sign-in with its subscriptions takes part of a millisecond. */
const perTurn = 16
/** Of the time that a turn took, what is left to everything else before the next. */
const restShare = 0.5
/** ms: where the processor is others' anyway, waiting longer leaves them no more of it. */
const longestRestMs = 8

/**
 * Takes work that may wait, a few steps in a turn of the event loop: when thousands sign in at once, whoever has an
 * alarm to send gets its turn between them, and other processes get the processor. Who was let through goes on before
 * others begin, so that each is done soon after its beginning however many wait.
 */
export class Turnstile {
  #inside: (() => void)[] = []
  #waiting: (() => void)[] = []
  #turning = false

  /** Takes a first step. */
  enter(step: () => void): void {
    this.#waiting.push(step)
    this.#turnSoon()
  }

  /** Takes a further step, or the last: while an end waits, what it holds is not free. */
  goOn(step: () => void): void {
    this.#inside.push(step)
    this.#turnSoon()
  }

  #turnSoon(): void {
    if (this.#turning) return
    this.#turning = true
    setImmediate(() => this.#turn())
  }

  #turn(): void {
    const begunAt = performance.now()
    const steps = this.#inside.splice(0, perTurn)
    steps.push(...this.#waiting.splice(0, perTurn - steps.length))
    for (const step of steps) step()
    if (this.#inside.length === 0 && this.#waiting.length === 0) this.#turning = false
    // With what the steps have set off in this turn.
    else setImmediate(() => this.#rest(performance.now() - begunAt))
  }

  #rest(tookMs: number): void {
    setTimeout(() => this.#turn(), Math.min(restShare * tookMs, longestRestMs))
  }
}
