import type { Lease, SnapshotStore } from '@lifeline/bus'

/** Where a partition's fold stood. */
export interface Snapshot {
  /** Of the last message folded. */
  readonly sequence: number
  readonly fold: string
}

/**
 * The snapshots of one partition. The lease names the one that counts, so that a holder that was overtaken can save
 * what it likes and changes nothing. Each tenure writes to two names in turn, never to the one that counts.
 */
export class PartitionSnapshots {
  readonly #store: SnapshotStore
  readonly #lease: Lease
  /** What counts until the first save of this tenure. */
  readonly #inherited: string
  #cleared = false

  constructor(store: SnapshotStore, lease: Lease) {
    this.#store = store
    this.#lease = lease
    // Before there were leases a partition had one snapshot, under its own name.
    this.#inherited = lease.note ?? `partition-${lease.item}`
  }

  /** What the last holder left, or undefined where there is nothing. */
  async load(): Promise<Snapshot | undefined> {
    const bytes = await this.#store.load(this.#inherited)
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Snapshot)
  }

  /** @throws LeaseLostError where somebody else holds the partition by now */
  async save(snapshot: Snapshot): Promise<void> {
    const { item, tenure, note } = this.#lease
    const [first, second] = slots(item, tenure)
    const name = note === first ? second : first
    await this.#store.save(name, new TextEncoder().encode(JSON.stringify(snapshot)))
    await this.#lease.record(name)
    if (!this.#cleared) await this.#clear()
  }

  /** Removes what holders before have left, also in the middle of a save. */
  async #clear(): Promise<void> {
    const { item, before } = this.#lease
    const left = new Set([this.#inherited, ...siblings(this.#inherited)])
    if (before !== undefined) for (const name of slots(item, before)) left.add(name)
    for (const name of left) await this.#store.remove(name)
    this.#cleared = true
  }
}

const slots = (item: number, tenure: string) => siblings(`partition-${item}.${tenure}.0`)
const siblings = (name: string) => [0, 1].map((slot) => `${name.slice(0, -1)}${slot}`) as [string, string]
