import { isUtf8 } from 'node:buffer'
import { PacketError } from './packet-reader.ts'

/** What a text of a client must not have (MQTT 3.1.1 §1.5.3): NUL and control characters, and what is no character. */
const forbidden = /[\p{Cc}\p{Noncharacter_Code_Point}]/u

/** Whether bytes are a text that may be taken: UTF-8 without surrogates, controls and non-characters. */
export function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !forbidden.test(bytes.toString())
}

/** Reads the fields of a packet one after the other (MQTT 3.1.1 §1.5). Each method throws PacketError where one is cut short. */
export class PacketFields {
  readonly #bytes: Buffer
  readonly #end: number
  #at: number

  /** `bytes` from `start` to `end`: the packet without its fixed header. */
  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
  }

  get empty(): boolean {
    return this.#at === this.#end
  }

  byte(what: string): number {
    return this.#bytes.readUInt8(this.#take(1, what))
  }

  number(what: string): number {
    return this.#bytes.readUInt16BE(this.#take(2, what))
  }

  /** A packet id, which is never 0 ([MQTT-2.3.1-1]). */
  packetId(): number {
    const id = this.number('packet id')
    if (id === 0) throw new PacketError('packet id 0 [MQTT-2.3.1-1]')
    return id
  }

  /** Bytes behind their length. A view. */
  binary(what: string): Buffer {
    const length = this.number(what)
    const from = this.#take(length, what)
    return this.#bytes.subarray(from, from + length)
  }

  /** @throws PacketError also where it is no text ([MQTT-1.5.3-1] [MQTT-1.5.3-2]) */
  text(what: string): string {
    const bytes = this.binary(what)
    if (!isText(bytes)) throw new PacketError(`${what} is no text that may be sent [MQTT-1.5.3-1]`)
    return bytes.toString()
  }

  #take(length: number, what: string): number {
    const from = this.#at
    if (from + length > this.#end) throw new PacketError(`the packet ends before its ${what} does`)
    this.#at = from + length
    return from
  }
}

/** The packet id that an answer of a client consists of. @throws PacketError where it is 0 */
export const packetIdOf = (bytes: Buffer, start: number): number => new PacketFields(bytes, start, start + 2).packetId()
