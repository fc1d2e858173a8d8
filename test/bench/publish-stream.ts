import { elevatorFrame } from './elevator-frame.ts'

/** QoS 1 PUBLISHes of one client, encoded before the clock starts. */
export interface PublishStream {
  readonly bytes: Buffer
  /** Where each packet begins, and where the last one ends. */
  readonly offsets: Uint32Array
}

/** Largest packet that is made here. */
const packetBytes = 8 * 1024

/**
 * Packet ids count up from 1 and begin anew after 65,535.
 * @param framesPerPacket 1, or more for a JSON array
 * @param firstPacket packets that the client has sent before
 */
export function encodePublishes(
  topic: string,
  device: number,
  firstSeq: number,
  packets: number,
  framesPerPacket: number,
  firstPacket: number,
): PublishStream {
  const bytes = Buffer.allocUnsafeSlow(packets * Math.min(packetBytes, 330 * framesPerPacket))
  const offsets = new Uint32Array(packets + 1)
  let at = 0
  for (let packet = 0; packet < packets; packet++) {
    const seq = firstSeq + packet * framesPerPacket
    const frames = Array.from({ length: framesPerPacket }, (_, i) => elevatorFrame(device, seq + i))
    const payload = framesPerPacket === 1 ? (frames[0] as string) : `[${frames.join(',')}]`
    offsets[packet] = at
    at = writePublish(bytes, at, topic, packetIdOf(firstPacket + packet), payload)
  }
  offsets[packets] = at
  return { bytes, offsets }
}

/** The id of the n-th packet of a client, counted from 0. */
export const packetIdOf = (n: number): number => (n % 65_535) + 1

function writePublish(bytes: Buffer, start: number, topic: string, packetId: number, payload: string): number {
  const remaining = 2 + topic.length + 2 + payload.length
  let at = bytes.writeUInt8(0x32, start)
  let rest = remaining
  do {
    at = bytes.writeUInt8((rest & 127) | (rest > 127 ? 128 : 0), at)
    rest >>= 7
  } while (rest > 0)
  at = bytes.writeUInt16BE(topic.length, at)
  at += bytes.write(topic, at, 'latin1')
  at = bytes.writeUInt16BE(packetId, at)
  return at + bytes.write(payload, at, 'latin1')
}
