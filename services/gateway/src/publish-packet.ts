import { isText } from './packet-fields.ts'
import { PacketError } from './packet-reader.ts'

export interface Publish {
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  /** 0 at QoS 0. */
  readonly packetId: number
  /** One character for each byte; the text is UTF-8. */
  readonly topic: string
  /** A view of the reader's bytes, at most as many as are taken. */
  readonly payload: Buffer
  /** How many bytes were sent. */
  readonly payloadBytes: number
}

/** Printable ASCII without wildcards: what needs no closer look. */
const plain = /^[\x20-\x22\x24-\x2a\x2c-\x7e]+$/

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
  const topic = bytes.toString('latin1', start + 2, topicEnd)
  if (!plain.test(topic)) checkTopic(bytes.subarray(start + 2, topicEnd))
  const payload = bytes.subarray(topicEnd + idBytes, end)
  return {
    qos,
    retain: (first & 1) !== 0,
    packetId,
    topic,
    payload,
    payloadBytes: payload.length + skipped,
  }
}

function checkTopic(bytes: Buffer): void {
  if (bytes.length === 0) throw new PacketError('PUBLISH with an empty topic [MQTT-4.7.3-1]')
  if (bytes.includes('+') || bytes.includes('#')) throw new PacketError('PUBLISH with a wildcard [MQTT-3.3.2-2]')
  if (!isText(bytes)) throw new PacketError('PUBLISH whose topic is no text [MQTT-1.5.3-1]')
}
