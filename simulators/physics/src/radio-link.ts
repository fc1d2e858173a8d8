import type { Random } from './random.ts'
import type { Fault } from './simulator.ts'

export interface LinkErrors {
  /** Share of frames that never arrive. */
  readonly loss: number
  /** Share that arrives twice. */
  readonly doubled: number
  /** Share that is held up on its way, so that later ones overtake it, and for how long at most, s. */
  readonly heldUp: number
  readonly heldUpSeconds: number
  /** ms from device to platform at best, and the mean of what comes on top. */
  readonly leastLatencyMs: number
  readonly latencyMs: number
  /** The connection breaks so often a day, for so long, s: the mean of an exponential distribution. */
  readonly outagesPerDay: number
  readonly outageSeconds: number
  /** Share of outages whose frames the device keeps and sends afterwards; of the others they are lost. */
  readonly buffered: number
}

/** A frame as it arrives. */
export interface Delivery<F> {
  readonly frame: F
  /** ms since the Unix epoch. */
  readonly at: number
}

const dayMs = 86_400_000
/** What is sent after an outage comes so fast, ms from frame to frame. */
const backlogPaceMs = 20

/** The way from a device to the platform: late, doubled, lost, and now and then broken. */
export class RadioLink<F> {
  readonly #random: Random
  readonly #errors: LinkErrors
  #outage: { readonly since: number; readonly until: number; readonly kept: F[] | undefined }
  #broken = false
  #brokenSince: number | undefined
  #lastAt = 0

  /** @param startTime ms since the Unix epoch */
  constructor(random: Random, errors: LinkErrors, startTime: number) {
    this.#random = random
    this.#errors = errors
    this.#outage = this.#nextOutage(startTime)
  }

  /** The outage that is, was or will be. */
  get outage(): { readonly since: number; readonly until: number } {
    return this.#outage
  }

  /** Breaks the link until `mend`. */
  break(): void {
    this.#broken = true
  }

  mend(): void {
    this.#broken = false
    this.#brokenSince = undefined
  }

  get fault(): Fault<'offline'> | undefined {
    return this.#brokenSince === undefined ? undefined : { name: 'offline', since: this.#brokenSince }
  }

  /** What arrives of a frame that is sent at a time, ms since the Unix epoch, and of those that waited for it. */
  send(frame: F, time: number): Delivery<F>[] {
    if (this.#broken) {
      this.#brokenSince ??= time
      return []
    }
    const waited = this.#afterOutage(time)
    if (time >= this.#outage.since) {
      this.#outage.kept?.push(frame)
      return waited
    }
    const { loss, doubled, heldUp, heldUpSeconds, leastLatencyMs, latencyMs } = this.#errors
    const random = this.#random
    if (random.next() < loss) return waited
    const usual = time + leastLatencyMs + random.exponential(latencyMs)
    // A connection keeps the order of what is sent on it; what is held up comes by another way.
    const late = random.next() < heldUp
    const at = late ? usual + random.between(0, 1000 * heldUpSeconds) : Math.max(usual, this.#lastAt)
    if (!late) this.#lastAt = at
    waited.push({ frame, at: Math.round(at) })
    if (random.next() < doubled) waited.push({ frame, at: Math.round(at + random.exponential(1_000)) })
    return waited
  }

  #afterOutage(time: number): Delivery<F>[] {
    const { until, kept } = this.#outage
    if (time < until) return []
    this.#outage = this.#nextOutage(time)
    if (kept === undefined || kept.length === 0) return []
    const deliveries = kept.map((frame, i) => ({ frame, at: Math.round(time + i * backlogPaceMs) }))
    this.#lastAt = deliveries.at(-1)?.at ?? time
    return deliveries
  }

  #nextOutage(time: number): { readonly since: number; readonly until: number; readonly kept: F[] | undefined } {
    const { outagesPerDay, outageSeconds, buffered } = this.#errors
    const since = time + this.#random.exponential(dayMs / outagesPerDay)
    const until = since + this.#random.exponential(1000 * outageSeconds)
    return { since, until, kept: this.#random.next() < buffered ? [] : undefined }
  }
}
