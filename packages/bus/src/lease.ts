import { type KV, NatsError } from 'nats'
import type { Life, Membership } from './membership.ts'
import { retrying } from './retrying.ts'

/** What stands in the bucket under an item's key. */
export interface LeaseEntry {
  /** Absent where nobody has the item. */
  readonly holder?: Life
  /** Of this taking; never used again. */
  readonly tenure: string
  /** Counts the entries of a tenure, so that each is known again. */
  readonly count: number
  /** What the last holder left for the next. */
  readonly note?: string
}

/** Thrown by whatever needs a lease that somebody else has by now. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
  readonly code = 'LEASE_LOST'

  constructor(item: number) {
    super(`somebody else holds ${item} by now`)
  }
}

/** The right to work on an item alone. */
export interface Lease {
  readonly item: number
  /** A word of this taking alone: a name for what only its holder writes. */
  readonly tenure: string
  /** What the holder before left, or this one has recorded since. */
  readonly note: string | undefined
  /** The holder before, by its tenure. */
  readonly before: string | undefined
  /** Aborts when somebody else holds it. */
  readonly lost: AbortSignal
  /** Whether it is surely held at this moment. */
  readonly isSure: boolean
  /**
   * Resolves when it is surely held, at once where it is: to be awaited before anything is said to the world.
   * @throws LeaseLostError
   */
  sure(): Promise<void>
  /**
   * Leaves word for the next holder. Nothing is changed where the lease is lost, and nobody changes it after.
   * @throws LeaseLostError
   */
  record(note: string): Promise<void>
}

export interface LeasePlace {
  readonly bucket: KV
  readonly membership: Membership
  /** Told when something has to be tried again. */
  readonly onProblem: (error: unknown) => void
}

export type HeldEntry = LeaseEntry & { readonly holder: Life }

/** JetStream's answer to an update of a revision that is no longer the last. */
const wrongLastSequence = 10_071

/** A lease that was taken: every change goes from the revision this holder wrote last, so that nobody's is undone. */
export class HeldLease implements Lease {
  readonly item: number
  readonly before: string | undefined
  readonly #place: LeasePlace
  readonly #loss = new AbortController()
  #entry: HeldEntry
  #revision: number
  #term: number
  #writing: Promise<unknown> = Promise.resolve()
  #waiting: (() => void)[] = []

  /**
   * @param entry stands in the bucket at `revision`
   * @param term the membership's before the entry was written
   * @param before the entry that it replaced
   */
  constructor(
    item: number,
    place: LeasePlace,
    written: { readonly entry: HeldEntry; readonly revision: number; readonly term: number },
    before: LeaseEntry | undefined,
  ) {
    this.item = item
    this.before = before?.tenure
    this.#place = place
    this.#entry = written.entry
    this.#revision = written.revision
    this.#term = written.term
  }

  get tenure(): string {
    return this.#entry.tenure
  }

  get note(): string | undefined {
    return this.#entry.note
  }

  get lost(): AbortSignal {
    return this.#loss.signal
  }

  get isSure(): boolean {
    const { membership } = this.#place
    return !this.lost.aborted && membership.isSure && membership.term === this.#term
  }

  async sure(): Promise<void> {
    while (!this.isSure) {
      if (this.lost.aborted) throw new LeaseLostError(this.item)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  async record(note: string): Promise<void> {
    await this.#write((entry) => ({ ...entry, note }))
  }

  /**
   * Makes sure again after a lapse: from here on whoever saw the lapse finds another revision than he saw.
   * @throws LeaseLostError
   */
  async confirm(): Promise<void> {
    const { term } = this.#place.membership
    if (term !== this.#term) {
      await this.#write((entry) => entry)
      this.#term = term
    }
    this.#wake()
  }

  /**
   * Gives it up.
   * @throws LeaseLostError, an AbortError once `signal` aborts
   */
  async release(signal: AbortSignal): Promise<void> {
    await this.#write(({ holder: _, ...entry }) => entry, signal)
    this.#lose()
  }

  #lose(): void {
    this.#loss.abort()
    this.#wake()
  }

  /** Hears what stands in the bucket. */
  heard(entry: LeaseEntry | undefined, revision: number): void {
    if (revision > this.#revision && entry?.tenure !== this.tenure) this.#lose()
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** One at a time. */
  #write(change: (entry: HeldEntry) => LeaseEntry, signal = this.lost): Promise<void> {
    const written = this.#writing.then(async () => {
      const entry = { ...change(this.#entry), count: this.#entry.count + 1 }
      try {
        this.#revision = await writeEntry(
          this.#place,
          this.item,
          entry,
          this.#revision,
          AbortSignal.any([this.lost, signal]),
        )
      } catch (error) {
        if (error instanceof LeaseLostError) this.#lose()
        throw this.lost.aborted ? new LeaseLostError(this.item) : error
      }
      if (entry.holder !== undefined) this.#entry = entry as HeldEntry
    })
    this.#writing = written.catch(() => {})
    return written
  }
}

/**
 * Puts an entry in the place of the one at `revision` (0: of none), however often it takes.
 * @returns the new revision
 * @throws LeaseLostError where somebody was faster, an AbortError once `signal` aborts
 */
export async function writeEntry(
  { bucket, onProblem }: Pick<LeasePlace, 'bucket' | 'onProblem'>,
  item: number,
  entry: LeaseEntry,
  revision: number,
  signal: AbortSignal,
): Promise<number> {
  const key = String(item)
  const write = async (): Promise<number> => {
    try {
      return await bucket.put(key, JSON.stringify(entry), { previousSeq: revision })
    } catch (error) {
      if (!(error instanceof NatsError && error.api_error?.err_code === wrongLastSequence)) throw error
    }
    // Ours, where only the answer to it was lost.
    const stored = await bucket.get(key)
    // A server of a cluster that is behind the others.
    if (stored === null || stored.revision <= revision) throw new Error(`the entry of ${key} is not to be read yet`)
    const { tenure, count } = stored.json<LeaseEntry>()
    if (tenure === entry.tenure && count === entry.count) return stored.revision
    throw new LeaseLostError(item)
  }
  return retrying(write, { signal, onError: onProblem, giveUp: (error) => error instanceof LeaseLostError })
}
