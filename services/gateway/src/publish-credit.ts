/** How many PUBLISHes a connection may send: so many a second on average, and a second's worth at once. */
export class PublishCredit {
  readonly #perSecond: number
  #spent = 0
  #at = 0

  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  /**
   * Takes PUBLISHes that have come already.
   * @param now monotonic ms
   * @returns ms to wait before more are read; 0 is none
   */
  take(publishes: number, now: number): number {
    this.#spent = Math.max(0, this.#spent - ((now - this.#at) * this.#perSecond) / 1_000) + publishes
    this.#at = now
    return Math.max(0, ((this.#spent - this.#perSecond) * 1_000) / this.#perSecond)
  }
}
