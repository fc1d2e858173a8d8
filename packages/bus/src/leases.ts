import type { KV } from 'nats'
import { mirrorBucket, openBucket } from './bucket.ts'
import type { Bus } from './connect-bus.ts'
import { fairShare } from './fair-share.ts'
import { HeldLease, type Lease, type LeaseEntry, LeaseLostError, writeEntry } from './lease.ts'
import { type Life, Membership } from './membership.ts'

/** A stop gives what it has back within that, or leaves it to be found, ms. */
const releaseMs = 2_000

/** What is done with an item while it is held. */
export interface Work {
  /** Ends it; what the next holder needs is recorded where the lease is not lost. */
  stop(): Promise<void>
}

export interface LeasesOptions {
  readonly bus: Bus
  /** Items are numbered from 0. */
  readonly count: number
  /** Bucket of the members' beats, and of the leases. */
  readonly buckets: { readonly members: string; readonly leases: string }
  /**
   * One of its own for each process that runs. A process that begins under the name of one that ended takes that one's
   * items at once.
   */
  readonly name: string
  /** Begins the work. A rejection is left unhandled: a process that cannot work on what it holds must end. */
  readonly begin: (lease: Lease) => Promise<Work>
  /** Another process has begun under the same name. */
  readonly onReplaced: () => void
  readonly onChange: (change: 'taken' | 'handed over' | 'lost', item: number) => void
  readonly onProblem: (error: unknown) => void
}

interface Held {
  readonly lease: HeldLease
  readonly work: Promise<Work | undefined>
}

/** Shares numbered items among all processes that have the same buckets: each item is worked on by one, all by some. */
export class Leases {
  readonly #options: LeasesOptions
  readonly #me: Life
  readonly #membership: Membership
  readonly #ending = new AbortController()
  readonly #entries = new Map<number, { readonly entry: LeaseEntry | undefined; readonly revision: number }>()
  readonly #held = new Map<number, Held>()
  readonly #coveredAt: number[]
  #bucket: KV | undefined
  #settling: Promise<void> = Promise.resolve()
  #asked = false

  constructor(options: LeasesOptions) {
    const { bus, buckets, name, count, onReplaced, onProblem } = options
    this.#options = options
    this.#me = { name, life: crypto.randomUUID() }
    this.#coveredAt = Array<number>(count).fill(Number.NEGATIVE_INFINITY)
    this.#membership = new Membership({
      ...this.#me,
      bus,
      bucket: buckets.members,
      onChange: () => this.#ask(),
      onSureAgain: () => this.#confirm(),
      onReplaced,
      onProblem,
    })
  }

  /** Joins, takes what is free of this one's share, and resolves when the work on it has begun. */
  async start(): Promise<void> {
    const { bus, buckets } = this.#options
    this.#bucket = await openBucket(bus, buckets.leases, 1_000)
    const hear = (key: string, entry: LeaseEntry | undefined, revision: number): void => {
      const item = Number(key)
      if (revision <= (this.#entries.get(item)?.revision ?? 0)) return
      this.#entries.set(item, { entry, revision })
      this.#held.get(item)?.lease.heard(entry, revision)
      this.#ask()
    }
    await mirrorBucket<LeaseEntry>(bus, buckets.leases, hear, this.#ending.signal)
    await this.#membership.start()
    this.#ask()
    await this.#settling
    await Promise.all([...this.#held.values()].map(({ work }) => work))
  }

  /** Hands everything over and leaves. */
  async stop(): Promise<void> {
    this.#ending.abort()
    await this.#settling
    await Promise.all([...this.#held.values()].map((held) => this.#handOver(held, AbortSignal.timeout(releaseMs))))
    await this.#membership.stop().catch(this.#options.onProblem)
  }

  get heldCount(): number {
    return this.#held.size
  }

  /** Items that no living process has had for so many milliseconds. */
  uncovered(forMs: number): number[] {
    const now = performance.now()
    for (const item of this.#coveredAt.keys()) if (!this.#isFree(item)) this.#coveredAt[item] = now
    return [...this.#coveredAt.keys()].filter((item) => now - (this.#coveredAt[item] ?? 0) > forMs)
  }

  /** Looks soon at what has changed; what changes meanwhile is looked at in one. */
  #ask(): void {
    if (this.#asked || this.#ending.signal.aborted) return
    this.#asked = true
    this.#settling = this.#settling.then(async () => {
      this.#asked = false
      await this.#settle()
    })
  }

  async #settle(): Promise<void> {
    const { name, count } = this.#options
    const share = fairShare(name, this.#membership.names, count)
    const surplus = [...this.#held.values()].slice(share)
    await Promise.all(surplus.map((held) => this.#handOver(held, this.#ending.signal)))
    // Each begins elsewhere, so that two that come at once seldom want the same.
    const first = Math.floor(Math.random() * count)
    for (let i = 0; i < count && this.#held.size < share && !this.#ending.signal.aborted; i++) {
      const item = (first + i) % count
      if (this.#isFree(item)) await this.#take(item)
    }
  }

  /** Whether nobody has it who lives, as far as is known here. */
  #isFree(item: number): boolean {
    if (this.#held.has(item)) return false
    const holder = this.#entries.get(item)?.entry?.holder
    return holder === undefined || holder.life === this.#me.life || !this.#membership.lives(holder)
  }

  async #take(item: number): Promise<void> {
    const { begin, onChange, onProblem } = this.#options
    const { term } = this.#membership
    const { entry: before, revision = 0 } = this.#entries.get(item) ?? {}
    const note = before?.note === undefined ? {} : { note: before.note }
    const entry = { holder: this.#me, tenure: crypto.randomUUID(), count: 0, ...note }
    const place = { bucket: this.#bucket as KV, membership: this.#membership, onProblem }
    try {
      const taken = await writeEntry(place, item, entry, revision, this.#ending.signal)
      const lease = new HeldLease(item, place, { entry, revision: taken, term }, before)
      lease.lost.addEventListener('abort', () => this.#onLost(item, lease), { once: true })
      const work = begin(lease).catch((error: unknown) => {
        if (!lease.lost.aborted) throw error
        return undefined
      })
      this.#held.set(item, { lease, work })
      onChange('taken', item)
    } catch (error) {
      // Who was faster is told by the bucket.
      if (!(error instanceof LeaseLostError || this.#ending.signal.aborted)) throw error
    }
  }

  /** After a lapse. What was taken meanwhile is lost, and told so by itself. */
  #confirm(): void {
    for (const { lease } of this.#held.values()) {
      lease.confirm().catch((error: unknown) => {
        if (!(error instanceof LeaseLostError)) throw error
      })
    }
  }

  async #handOver({ lease, work }: Held, signal: AbortSignal): Promise<void> {
    const { onChange, onProblem } = this.#options
    try {
      await (await work)?.stop()
    } catch (error) {
      // The next holder has more of the log to read, no more.
      onProblem(error)
    }
    if (lease.lost.aborted) return
    this.#held.delete(lease.item)
    try {
      await lease.release(signal)
      onChange('handed over', lease.item)
    } catch (error) {
      onProblem(error)
    }
  }

  #onLost(item: number, lease: HeldLease): void {
    const held = this.#held.get(item)
    if (held?.lease !== lease) return
    this.#held.delete(item)
    this.#options.onChange('lost', item)
    held.work.then((work) => work?.stop()).catch(this.#options.onProblem)
    this.#ask()
  }
}
