import { packetTypes } from './control-packets.ts'
import { PacketError } from './packet-reader.ts'

/** What a message on its way down waits for, as the type of the packet. */
type Awaited = typeof packetTypes.puback | typeof packetTypes.pubrec | typeof packetTypes.pubcomp

/**
 * Messages on their way down to one client: which answer each waits for (MQTT 3.1.1 §4.3). The broker takes any answer
 * for any other, and would forget a message that was not taken.
 */
export class DownFlow {
  readonly #maxInflight: number
  readonly #awaited = new Map<number, Awaited>()

  /** @param maxInflight messages that may wait for an answer */
  constructor(maxInflight: number) {
    this.#maxInflight = maxInflight
  }

  /** True once more messages wait for an answer than may. */
  get overfull(): boolean {
    return this.#awaited.size > this.#maxInflight
  }

  /** Hears of whole packets that go down. */
  sent(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const first = bytes.readUInt8(at)
      let start = at + 1
      let length = 0
      for (let shift = 0; ; shift += 7) {
        const byte = bytes.readUInt8(start++)
        length |= (byte & 127) << shift
        if (byte < 128) break
      }
      const qos = (first >> 1) & 3
      if (first >> 4 === packetTypes.publish && qos > 0) {
        const id = bytes.readUInt16BE(start + 2 + bytes.readUInt16BE(start))
        this.#awaited.set(id, qos === 1 ? packetTypes.puback : packetTypes.pubrec)
      } else if (first >> 4 === packetTypes.pubrel) this.#awaited.set(bytes.readUInt16BE(start), packetTypes.pubcomp)
      at = start + length
    }
  }

  /**
   * Hears of an answer. One that nothing waits for is let pass: it may be to a message of an earlier connection.
   * @throws PacketError where another was due ([MQTT-4.3.2-1] [MQTT-4.3.3-1])
   */
  answered(type: number, packetId: number): void {
    const awaited = this.#awaited.get(packetId)
    if (awaited === undefined) return
    // PUBREC again: the PUBREL may have got lost with the last connection.
    if (type !== awaited && !(type === packetTypes.pubrec && awaited === packetTypes.pubcomp)) {
      throw new PacketError(`packet ${type} where ${awaited} was due [MQTT-4.3.2-1] [MQTT-4.3.3-1]`)
    }
    if (type !== packetTypes.pubrec) this.#awaited.delete(packetId)
  }
}
