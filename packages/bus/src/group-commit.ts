import type { JetStreamClient, NatsConnection } from 'nats'
import { retrying } from './retrying.ts'

/** Bytes of a message at which a group is closed; NATS takes 1 MiB, and one record stays far below the rest. */
const maxGroupBytes = 384 * 1024

/** After that a try counts as lost and is repeated under the same Msg-Id. */
const ackTimeoutMs = 2_000

const [open, comma, close] = ['[', ',', ']'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer]

interface Group {
  /** Records with what stands before each: bytes are joined far faster than strings are. */
  readonly parts: Uint8Array[]
  bytes: number
  done: (() => void)[]
}

/**
 * Appends records to one subject of a stream, in the order they were added, many per message. While one message is
 * under way the next group fills; so the group grows with the load and a lone record waits for nobody. One message at
 * a time keeps the order under retries, and its Msg-Id makes a retry the same message.
 */
export class GroupCommit {
  readonly #jetstream: JetStreamClient
  readonly #subject: string
  readonly #writer: string
  readonly #onRetry: (error: unknown) => void
  #waiting: Group[] = []
  #flushing = false
  #count = 0
  #pendingBytes = 0

  /**
   * @param writer unique to this process's life, so that Msg-Ids never repeat
   * @param onRetry told of each failed try; the group is tried again until it is stored
   */
  constructor(connection: NatsConnection, subject: string, writer: string, onRetry: (error: unknown) => void) {
    this.#jetstream = connection.jetstream({ timeout: ackTimeoutMs })
    this.#subject = subject
    this.#writer = writer
    this.#onRetry = onRetry
  }

  /** Bytes added and not stored yet. */
  get pendingBytes(): number {
    return this.#pendingBytes
  }

  /**
   * @param record JSON of one LogRecord, or of several joined with commas; bytes must not change any more
   * @param done called once when the record is in the stream, in the order of the calls
   */
  add(record: string | Uint8Array, done: () => void): void {
    const bytes = typeof record === 'string' ? Buffer.from(record) : record
    let group = this.#waiting.at(-1)
    if (group === undefined || group.bytes + bytes.length > maxGroupBytes) {
      group = { parts: [], bytes: 0, done: [] }
      this.#waiting.push(group)
    }
    group.parts.push(group.parts.length === 0 ? open : comma, bytes)
    group.done.push(done)
    group.bytes += bytes.length
    this.#pendingBytes += bytes.length
    if (this.#flushing) return
    this.#flushing = true
    // With what else this read has brought, and no later: thousands of connections may be read before the turn ends.
    queueMicrotask(() => void this.#flush())
  }

  async #flush(): Promise<void> {
    for (let group = this.#waiting.shift(); group !== undefined; group = this.#waiting.shift()) {
      const payload = Buffer.concat([...group.parts, close])
      const msgID = `${this.#writer}.${++this.#count}`
      await retrying(() => this.#jetstream.publish(this.#subject, payload, { msgID }), { onError: this.#onRetry })
      this.#pendingBytes -= group.bytes
      for (const done of group.done) done()
    }
    this.#flushing = false
  }
}
