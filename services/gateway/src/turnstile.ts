/** Steps in a turn of the event loop: a sign-in with its subscriptions takes part of a millisecond. */
const perTurn = 8

/**
 * Takes work that may wait, a few steps in each turn of the event loop, in the order in which it came: when thousands
 * sign in at once, whoever has an alarm to send gets its turn between them.
 */
export class Turnstile {
  #waiting: (() => void)[] = []
  #turning = false

  enter(step: () => void): void {
    this.#waiting.push(step)
    this.#turnSoon()
  }

  #turnSoon(): void {
    if (this.#turning) return
    this.#turning = true
    setImmediate(() => {
      this.#turning = false
      const steps = this.#waiting.splice(0, perTurn)
      if (this.#waiting.length > 0) this.#turnSoon()
      for (const step of steps) step()
    })
  }
}
