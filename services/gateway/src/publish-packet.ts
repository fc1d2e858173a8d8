import { PacketError } from './packet-reader.ts'

export interface Publish {
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  /** 0 at QoS 0. */
  readonly packetId: number
  /** One character for each byte: only what is ASCII can be compared. */
  readonly topic: string
  /** A view of the reader's bytes, at most as many as are taken. */
  readonly payload: Buffer
  /** How many bytes were sent. */
  readonly payloadBytes: number
}

/**
 * Reads a PUBLISH (MQTT 3.1.1 §3.3) from its variable header on; the arguments are those of `PacketSink.packet`.
 * @throws PacketError
 */
export function readPublish(first: number, bytes: Buffer, start: number, end: number, skipped: number): Publish {
  const qos = ((first >> 1) & 3) as 0 | 1 | 2
  const idBytes = qos === 0 ? 0 : 2
  if (end - start < 2) throw new PacketError('PUBLISH without a topic [MQTT-3.3.2-1]')
  const topicEnd = start + 2 + bytes.readUInt16BE(start)
  if (topicEnd + idBytes > end) throw new PacketError('PUBLISH shorter than its topic and id [MQTT-3.3.2-1]')
  const packetId = qos === 0 ? 0 : bytes.readUInt16BE(topicEnd)
  if (qos !== 0 && packetId === 0) throw new PacketError('PUBLISH with packet id 0 [MQTT-2.3.1-1]')
  const payload = bytes.subarray(topicEnd + idBytes, end)
  return {
    qos,
    retain: (first & 1) !== 0,
    packetId,
    topic: bytes.toString('latin1', start + 2, topicEnd),
    payload,
    payloadBytes: payload.length + skipped,
  }
}
