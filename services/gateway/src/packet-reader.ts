import { maxPayloadBytes } from '@lifeline/contracts'

/** Thrown where a client breaks the protocol; the connection cannot be kept then. */
export class PacketError extends Error {
  override readonly name = 'PacketError'
  readonly code = 'MQTT_PACKET'
}

/**
 * Bytes of a PUBLISH that are kept: the longest variable header (2 + 65,535 + 2) and the longest payload that is
 * taken. What comes after is counted and let go.
 */
const keptBytes = maxPayloadBytes + 65_539

const none = Buffer.alloc(0)

export interface PacketSink {
  /**
   * Hears of a packet as soon as its fixed header is there, and again each time more of it has come.
   * @param first the packet's first byte: type and flags
   * @param length its remaining length
   * @throws PacketError where it cannot be taken
   */
  header(first: number, length: number): void
  /**
   * A whole packet: `bytes` from `start`, where its variable header begins, to `end`. They are the reader's; what is
   * kept must be copied.
   * @param skipped bytes that followed `end` and were let go
   * @returns false to hear of no further packet until `resume`
   */
  packet(first: number, bytes: Buffer, start: number, end: number, skipped: number): boolean
}

/**
 * Cuts a stream of bytes into MQTT control packets (MQTT 3.1.1 §2.2), whatever chunks they come in. Holds what it has
 * been given and cannot pass on yet, never more than the sink admits.
 */
export class PacketReader {
  readonly #sink: PacketSink
  #held = none
  #heldBytes = 0
  #stopped = false
  /** A PUBLISH longer than what is kept: its head, and how much of it is still to come. */
  #long: { readonly first: number; readonly head: Buffer; readonly skipped: number; toSkip: number } | undefined

  constructor(sink: PacketSink) {
    this.#sink = sink
  }

  /** @throws PacketError where the bytes are no MQTT, or what the sink throws */
  push(chunk: Buffer): void {
    if (this.#heldBytes === 0) this.#keep(chunk, this.#read(chunk, chunk.length), chunk.length)
    else {
      this.#append(chunk)
      this.#readHeld()
    }
  }

  /** Goes on after the sink stopped. */
  resume(): void {
    this.#stopped = false
    this.#readHeld()
  }

  #readHeld(): void {
    const length = this.#heldBytes
    const read = this.#read(this.#held, length)
    if (read > 0) this.#keep(this.#held, read, length)
  }

  /** Passes on the packets in `bytes`; returns how many bytes are done with. */
  #read(bytes: Buffer, length: number): number {
    let at = 0
    while (!this.#stopped) {
      if (this.#long !== undefined) {
        const skip = Math.min(this.#long.toSkip, length - at)
        this.#long.toSkip -= skip
        at += skip
        if (this.#long.toSkip > 0) return at
        const { first, head, skipped } = this.#long
        this.#long = undefined
        this.#stopped = !this.#sink.packet(first, head, 0, head.length, skipped)
        continue
      }
      const start = bodyStart(bytes, at, length)
      if (start === undefined) return at
      const first = bytes[at] as number
      const remaining = remainingLength(bytes, at + 1, start)
      this.#sink.header(first, remaining)
      if (remaining > keptBytes) {
        if (length - start < keptBytes) return at
        const skipped = remaining - keptBytes
        at = start + keptBytes
        this.#long = { first, head: Buffer.from(bytes.subarray(start, at)), skipped, toSkip: skipped }
        continue
      }
      const end = start + remaining
      if (end > length) return at
      at = end
      this.#stopped = !this.#sink.packet(first, bytes, start, end, 0)
    }
    return at
  }

  #keep(bytes: Buffer, from: number, to: number): void {
    this.#heldBytes = to - from
    this.#held = from === to ? none : Buffer.from(bytes.subarray(from, to))
  }

  /** Room grows by doubling, so that a long packet in many small chunks is copied a few times, not once for each. */
  #append(chunk: Buffer): void {
    const needed = this.#heldBytes + chunk.length
    if (needed > this.#held.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#held.length))
      this.#held.copy(larger, 0, 0, this.#heldBytes)
      this.#held = larger
    }
    chunk.copy(this.#held, this.#heldBytes)
    this.#heldBytes = needed
  }
}

/** Where the packet at `at` has its variable header, or undefined where the fixed header is not complete. */
function bodyStart(bytes: Buffer, at: number, length: number): number | undefined {
  for (let i = at + 1; i < length; i++) {
    if ((bytes[i] as number) < 128) return i + 1
    if (i - at === 4) throw new PacketError('the remaining length has more than four bytes [MQTT 3.1.1 §2.2.3]')
  }
  return undefined
}

function remainingLength(bytes: Buffer, from: number, to: number): number {
  let value = 0
  for (let i = to - 1; i >= from; i--) value = value * 128 + ((bytes[i] as number) & 127)
  return value
}
