import type { StatusRecord } from '@lifeline/contracts'
import type { RecordPart } from '@lifeline/protocols'
import type { Route } from './directory.ts'

const comma = 0x2c
const brace = Buffer.from('}')

/**
 * Log records on their way to the log: their JSON with commas between, put together from bytes. Nine tenths of a
 * record is what the device sent, and it is copied once rather than made a string and back.
 */
export class RecordBytes {
  #bytes: Buffer
  #length = 0
  #count = 0
  #head: Buffer = brace
  #headRoute: Route | undefined
  #headType: string | undefined
  #headAt = 0

  /** @param room bytes that are probably needed */
  constructor(room: number) {
    this.#bytes = Buffer.allocUnsafe(room)
  }

  get length(): number {
    return this.#length
  }

  get count(): number {
    return this.#count
  }

  /** A view; it is complete when nothing is added any more. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Adds the LogRecord of one part of a payload. */
  add(part: RecordPart, route: Route, receivedAt: number, cause: StatusRecord['cause'] = 'message'): void {
    if (this.#headRoute !== route || this.#headAt !== receivedAt || this.#headType !== part.type) {
      this.#headRoute = route
      this.#headAt = receivedAt
      this.#headType = part.type
      this.#head = head(part.type, route, receivedAt)
    }
    const { json } = part
    const tail = part.type === 'status' ? Buffer.from(`,"cause":"${cause}"}`) : brace
    // A character takes at most three bytes of UTF-8 (a pair of them four).
    this.#reserve(1 + this.#head.length + json.length * (typeof json === 'string' ? 3 : 1) + tail.length)
    const bytes = this.#bytes
    let at = this.#length
    if (this.#count > 0) bytes[at++] = comma
    bytes.set(this.#head, at)
    at += this.#head.length
    if (typeof json === 'string') at += bytes.write(json, at)
    else {
      bytes.set(json, at)
      at += json.length
    }
    bytes.set(tail, at)
    this.#length = at + tail.length
    this.#count++
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

/** Kind and ids hold nothing that JSON would escape (contracts' idSchema). */
function head(type: string, { kind, deviceId, siteId }: Route, receivedAt: number): Buffer {
  const who = `"kind":"${kind}","deviceId":"${deviceId}","siteId":"${siteId}"`
  return Buffer.from(`{"type":"${type}",${who},"receivedAt":${receivedAt},"${type}":`)
}
