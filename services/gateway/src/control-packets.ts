import { PacketError } from './packet-reader.ts'

/** MQTT control packet types that a client sends (MQTT 3.1.1 §2.2.1). */
export const packetTypes = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const

/** Remaining length by first byte, type and reserved flags as §2.2.2 wants them; undefined where it varies. */
const firstBytes: ReadonlyMap<number, number | undefined> = new Map([
  [0x10, undefined],
  [0x40, 2],
  [0x50, 2],
  [0x62, 2],
  [0x70, 2],
  [0x82, undefined],
  [0xa2, undefined],
  [0xc0, 0],
  [0xe0, 0],
])

/**
 * Checks the fixed header of a packet from a client.
 * @param maxBytes most bytes of a packet other than PUBLISH
 * @throws PacketError
 */
export function checkFixedHeader(first: number, length: number, maxBytes: number): void {
  if (first >> 4 === packetTypes.publish) {
    const qos = (first >> 1) & 3
    if (qos === 3) throw new PacketError('PUBLISH with QoS 3 [MQTT-3.3.1-4]')
    if (qos === 0 && (first & 8) !== 0) throw new PacketError('PUBLISH with DUP at QoS 0 [MQTT-3.3.1-2]')
    return
  }
  if (!firstBytes.has(first)) throw new PacketError(`no packet of a client begins with ${first} [MQTT-2.2.2-2]`)
  const expected = firstBytes.get(first)
  if (expected !== undefined && length !== expected) throw new PacketError(`packet ${first >> 4} of ${length} bytes`)
  if (length > maxBytes) throw new PacketError(`packet ${first >> 4} of ${length} bytes, at most ${maxBytes} are taken`)
}
