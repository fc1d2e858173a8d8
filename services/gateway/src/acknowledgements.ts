/** The answer to a PUBLISH as the four bytes that go over the wire. */
export const puback = (packetId: number): number => 0x40020000 | packetId
export const pubrec = (packetId: number): number => 0x50020000 | packetId
export const pubcomp = (packetId: number): number => 0x70020000 | packetId

/** One or more PUBLISHes in a row that are answered together. */
export interface Batch {
  readonly answers: number[]
  /** PUBLISHes, those without an answer included. */
  publishes: number
  /** Bytes that are kept until it is settled. */
  bytes: number
  /** Stores that have not said yet that they hold it. */
  awaiting: number
}

/**
 * Answers PUBLISHes when they are stored, in the order in which they came ([MQTT-4.6.0-2] and its fellows), however
 * early a later one is stored.
 */
export class Acknowledgements {
  readonly #write: (answers: Buffer) => void
  readonly #settled: () => void
  readonly #queue: Batch[] = []
  #publishes = 0
  #bytes = 0
  #flushing = false

  /**
   * @param write sends answers to the client
   * @param settled called after batches have left the queue
   */
  constructor(write: (answers: Buffer) => void, settled: () => void) {
    this.#write = write
    this.#settled = settled
  }

  /** PUBLISHes that are not settled. */
  get publishes(): number {
    return this.#publishes
  }

  /** Bytes of those. */
  get bytes(): number {
    return this.#bytes
  }

  /** Puts a batch behind all others. It must not grow afterwards. */
  add(batch: Batch): void {
    this.#queue.push(batch)
    this.#publishes += batch.publishes
    this.#bytes += batch.bytes
    if (batch.awaiting === 0) this.#flushSoon()
  }

  /** One of the stores that a batch waits for holds it. */
  stored(batch: Batch): void {
    batch.awaiting--
    if (batch.awaiting === 0) this.#flushSoon()
  }

  /** What is settled in one turn goes out in one write. */
  #flushSoon(): void {
    if (this.#flushing) return
    this.#flushing = true
    queueMicrotask(() => this.#flush())
  }

  #flush(): void {
    this.#flushing = false
    const settled: Batch[] = []
    while (this.#queue[0]?.awaiting === 0) settled.push(this.#queue.shift() as Batch)
    if (settled.length === 0) return
    const bytes = Buffer.allocUnsafe(4 * settled.reduce((sum, { answers }) => sum + answers.length, 0))
    let at = 0
    for (const batch of settled) {
      this.#publishes -= batch.publishes
      this.#bytes -= batch.bytes
      for (const answer of batch.answers) at = bytes.writeUInt32BE(answer, at)
    }
    if (at > 0) this.#write(bytes)
    this.#settled()
  }
}
