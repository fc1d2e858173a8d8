/** Between what and what the server's clock is ahead of the browser's, ms. */
export interface OffsetBounds {
  readonly least: number
  readonly most: number
}

/** One answer of the server. `date` is its Date header, cut to whole seconds; the others are the browser's clock. */
export interface ClockSample {
  readonly date: number
  readonly sentAt: number
  readonly receivedAt: number
}

/**
 * What one more answer tells of the offset. The answer was written between `sentAt` and `receivedAt`, within a second
 * from `date` on; several answers together say it better than a second. Where they contradict each other one of the
 * clocks has been set, and only the last one counts.
 */
export function narrowOffset(bounds: OffsetBounds | undefined, sample: ClockSample): OffsetBounds {
  const { date, sentAt, receivedAt } = sample
  const told = { least: date - receivedAt, most: date + 1000 - sentAt }
  if (bounds === undefined) return told
  const both = { least: Math.max(bounds.least, told.least), most: Math.min(bounds.most, told.most) }
  return both.least <= both.most ? both : told
}

/** The server's time, learnt from the Date headers of its answers. */
export class ServerClock {
  #bounds: OffsetBounds | undefined

  observe(dateHeader: string | null, sentAt: number, receivedAt: number): void {
    const date = Date.parse(dateHeader ?? '')
    if (!Number.isNaN(date)) this.#bounds = narrowOffset(this.#bounds, { date, sentAt, receivedAt })
  }

  /** ms since the Unix epoch; the browser's own time as long as the server has said nothing. */
  now(): number {
    return Date.now() + (this.#bounds === undefined ? 0 : (this.#bounds.least + this.#bounds.most) / 2)
  }
}
