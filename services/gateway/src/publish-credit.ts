/** How many PUBLISHes a device may send: so many a second on average, and a little more at once. */
export class PublishCredit {
  readonly #perSecond: number
  readonly #burstMs: number
  #spent = 0
  #at = 0

  /** @param burstMs what may come at once, as time at the full rate: others wait for that much work at most */
  constructor(perSecond: number, burstMs: number) {
    this.#perSecond = perSecond
    this.#burstMs = burstMs
  }

  /**
   * Takes PUBLISHes that have come already.
   * @param now monotonic ms
   * @returns ms to wait before more are read; 0 is none
   */
  take(publishes: number, now: number): number {
    this.#spent = Math.max(0, this.#spent - ((now - this.#at) * this.#perSecond) / 1_000) + publishes
    this.#at = now
    return Math.max(0, (this.#spent * 1_000) / this.#perSecond - this.#burstMs)
  }
}

/** The credit of each device, whichever and how many connections it comes by. */
export class PublishCredits {
  readonly #newCredit: () => PublishCredit
  readonly #byDevice = new Map<string, PublishCredit>()

  constructor(newCredit: () => PublishCredit) {
    this.#newCredit = newCredit
  }

  /** @param id of a device or an account of the registry, so that there are never more than it knows */
  of(id: string): PublishCredit {
    const known = this.#byDevice.get(id)
    if (known !== undefined) return known
    const credit = this.#newCredit()
    this.#byDevice.set(id, credit)
    return credit
  }
}
