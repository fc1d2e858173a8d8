import { PacketError } from './packet-reader.ts'

/** What the front door itself needs of a CONNECT (MQTT 3.1.1 §3.1); the rest is the broker's. */
export interface ConnectHead {
  /** False where the protocol is not MQTT 3.1.1 (nor 3.1, which old terminals speak): to be answered with 1. */
  readonly supported: boolean
  readonly keepAliveSeconds: number
  readonly clean: boolean
  /** The whole packet with the keep-alive taken out, for the broker, which does not see all that a client sends. */
  readonly forBroker: Buffer
}

/** @throws PacketError where the variable header is cut short */
export function readConnect(bytes: Buffer, start: number, end: number): ConnectHead {
  if (end - start < 2) throw new PacketError('CONNECT without a protocol name [MQTT-3.1.2-1]')
  const level = start + 2 + bytes.readUInt16BE(start)
  if (level + 4 > end) throw new PacketError('CONNECT cut short [MQTT-3.1.2]')
  const protocol = `${bytes.toString('latin1', start + 2, level)} ${bytes.readUInt8(level)}`
  const forBroker = packetOf(0x10, bytes.subarray(start, end))
  forBroker.writeUInt16BE(0, forBroker.length - (end - level - 2))
  return {
    supported: protocol === 'MQTT 4' || protocol === 'MQIsdp 3',
    keepAliveSeconds: bytes.readUInt16BE(level + 2),
    clean: (bytes.readUInt8(level + 1) & 2) !== 0,
    forBroker,
  }
}

/** A packet as it goes over the wire: first byte, remaining length (§2.2.3), body. A copy. */
export function packetOf(first: number, body: Buffer): Buffer {
  const header = [first]
  let rest = body.length
  do {
    header.push((rest & 127) | (rest > 127 ? 128 : 0))
    rest >>= 7
  } while (rest > 0)
  return Buffer.concat([Buffer.from(header), body])
}

/** CONNACK that refuses (§3.2.2.3): 1 protocol level, 3 not available now. */
export const refusal = (returnCode: 1 | 3): Buffer => Buffer.from([0x20, 2, 0, returnCode])
