/** What may come at once, as time at the full rate: others wait for that much work at most. */
const burstMs = 100

/** How many PUBLISHes a device may send: so many a second on average, and a tenth of that at once. */
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
    return Math.max(0, (this.#spent * 1_000) / this.#perSecond - burstMs)
  }
}

/** The credit of each device, whichever and how many connections it comes by. */
export class PublishCredits {
  readonly #perSecond: number
  readonly #byDevice = new Map<string, PublishCredit>()

  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  /** @param id of a device or an account of the registry, so that there are never more than it knows */
  of(id: string): PublishCredit {
    const known = this.#byDevice.get(id)
    if (known !== undefined) return known
    const credit = new PublishCredit(this.#perSecond)
    this.#byDevice.set(id, credit)
    return credit
  }
}
