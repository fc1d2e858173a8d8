const firstMs = 250
const longestMs = 2_000
const healthyMs = 30_000

/** How long to wait before a process is started again: doubles with each death in a row. */
export class RestartDelay {
  #nextMs = firstMs

  /** @param ranMs how long it ran before it ended; half a minute counts as healthy and starts anew */
  next(ranMs: number): number {
    if (ranMs >= healthyMs) this.#nextMs = firstMs
    const waitMs = this.#nextMs
    this.#nextMs = Math.min(waitMs * 2, longestMs)
    return waitMs
  }
}
