import { elevatorFrame } from './elevator-frame.ts'

/** QoS 1 PUBLISHes of one client, encoded before the clock starts; what is sent of them more than once is a round. */
export interface PublishStream {
  readonly bytes: Buffer
  /** Where each packet begins, and where the last one ends. */
  readonly offsets: Uint32Array
  /** Where each frame begins, as many to each packet. */
  readonly frames: Uint32Array
}

/** Largest packet that is made here. */
const packetBytes = 8 * 1024
/** `{"time":1790000000000,"seq":1000000,` begins every frame. */
const [timeAt, seqAt, seqDigits] = [8, 28, 7]

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
  const frames = new Uint32Array(packets * framesPerPacket)
  let at = 0
  for (let packet = 0; packet < packets; packet++) {
    const seq = firstSeq + packet * framesPerPacket
    const texts = Array.from({ length: framesPerPacket }, (_, i) => elevatorFrame(device, seq + i))
    const payload = framesPerPacket === 1 ? (texts[0] as string) : `[${texts.join(',')}]`
    offsets[packet] = at
    at = writePublish(bytes, at, topic, packetIdOf(firstPacket + packet), payload)
    let frameAt = at - payload.length + (framesPerPacket === 1 ? 0 : 1)
    for (const [i, text] of texts.entries()) {
      frames[packet * framesPerPacket + i] = frameAt
      frameAt += text.length + 1
    }
  }
  offsets[packets] = at
  return { bytes, offsets, frames }
}

/** The id of the n-th packet of a client, counted from 0. */
export const packetIdOf = (n: number): number => (n % 65_535) + 1

/**
 * Makes a packet the one that is sent now.
 * @param time 13 digits
 * @param seq of its first frame; returns that of the next packet's
 */
export function stamp(stream: PublishStream, packet: number, packetId: number, time: Uint8Array, seq: number): number {
  const { bytes, offsets, frames } = stream
  const perPacket = frames.length / (offsets.length - 1)
  const first = packet * perPacket
  // Before the payload.
  const idAt = (frames[first] as number) - (perPacket === 1 ? 2 : 3)
  bytes[idAt] = packetId >> 8
  bytes[idAt + 1] = packetId & 255
  for (let i = 0; i < perPacket; i++) {
    const at = frames[first + i] as number
    bytes.set(time, at + timeAt)
    let rest = seq + i
    for (let digit = seqDigits - 1; digit >= 0; digit--) {
      bytes[at + seqAt + digit] = 48 + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }
  return seq + perPacket
}

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
