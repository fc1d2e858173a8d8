import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createZstdCompress, zstdDecompress } from 'node:zlib'
import type { Lease, SnapshotStore } from '@lifeline/bus'

const decompress = promisify(zstdDecompress)
/** RFC 8878 section 3.1.1 */
const magicNumber = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

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

  /** What the last holder left, or undefined where there is nothing, or nothing that this version can read. */
  async load(): Promise<Snapshot | undefined> {
    const bytes = await this.#store.load(this.#inherited)
    if (bytes === undefined || !magicNumber.equals(bytes.subarray(0, magicNumber.length))) return undefined
    const text = (await decompress(bytes)).toString()
    const end = text.indexOf('\n')
    return { sequence: Number(text.slice(0, end)), fold: text.slice(end + 1) }
  }

  /**
   * @param sequence of the last message folded
   * @param fold the fold's state as text, in parts
   * @throws LeaseLostError where somebody else holds the partition by now
   */
  async save(sequence: number, fold: Iterable<string>): Promise<void> {
    const { item, tenure, note } = this.#lease
    const [first, second] = slots(item, tenure)
    const name = note === first ? second : first
    // In a thread of its own; the store's checksum, which is not, then has a tenth of the bytes to go through.
    await this.#store.save(name, await compressed(sequence, fold))
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

function compressed(sequence: number, fold: Iterable<string>): Promise<Buffer> {
  const text = function* (): Generator<string> {
    yield `${sequence}\n`
    yield* fold
  }
  return pipeline(text, createZstdCompress(), buffer)
}

const slots = (item: number, tenure: string) => siblings(`partition-${item}.${tenure}.0`)
const siblings = (name: string) => [0, 1].map((slot) => `${name.slice(0, -1)}${slot}`) as [string, string]
