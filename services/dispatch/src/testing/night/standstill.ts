const lookEveryMs = 50
/** A process that only waits is woken later than that where the whole machine had no time for it, ms. */
const longestMs = 500

/**
 * When this process, which does little, got no processor at all: the machine stood still, or was lent to somebody else.
 * Nobody could have been in time then.
 */
export class Standstill {
  readonly #gaps: { readonly from: number; readonly to: number }[] = []
  #timer: NodeJS.Timeout | undefined

  start(): void {
    let last = Date.now()
    this.#timer = setInterval(() => {
      const now = Date.now()
      if (now - last > longestMs) this.#gaps.push({ from: last, to: now })
      last = now
    }, lookEveryMs)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** ms of standstill between two times. */
  between(from: number, to: number): number {
    return this.#gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(to, gap.to) - Math.max(from, gap.from)), 0)
  }

  /** ms of all standstill. */
  get total(): number {
    return this.between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  }
}
