import { PacketFields } from './packet-fields.ts'
import { PacketError } from './packet-reader.ts'
import { isTopicName } from './topic-filter.ts'

export interface Will {
  readonly topic: string
  readonly payload: Buffer
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
}

/** A CONNECT (MQTT 3.1.1 §3.1), its parts copied out of the packet. */
export interface Connect {
  /** Empty where the client leaves it to the server. */
  readonly clientId: string
  readonly clean: boolean
  /** 0 is none. */
  readonly keepAliveSeconds: number
  readonly will?: Will
  readonly username?: string
  readonly password?: Buffer
}

const flag = { reserved: 1, clean: 2, will: 4, willRetain: 32, password: 64, username: 128 }

/**
 * Reads a CONNECT; the arguments are those of `PacketSink.packet`.
 * @returns undefined where its protocol level is neither 3.1.1's nor that of 3.1, which old terminals speak: to be
 * answered with 1 ([MQTT-3.1.2-2])
 * @throws PacketError
 */
export function readConnect(bytes: Buffer, start: number, end: number): Connect | undefined {
  const fields = new PacketFields(bytes, start, end)
  const protocol = fields.text('protocol name')
  if (protocol !== 'MQTT' && protocol !== 'MQIsdp') throw new PacketError('no protocol of ours [MQTT-3.1.2-1]')
  const level = fields.byte('protocol level')
  if (level !== (protocol === 'MQTT' ? 4 : 3)) return undefined
  const flags = fields.byte('connect flags')
  checkFlags(flags, level)
  const has = (bit: number): boolean => (flags & bit) !== 0
  const keepAliveSeconds = fields.number('keep-alive')
  const clientId = fields.text('client id')
  const will = has(flag.will) ? readWill(fields, flags) : undefined
  const username = has(flag.username) ? fields.text('user name') : undefined
  const password = has(flag.password) ? Buffer.from(fields.binary('password')) : undefined
  if (!fields.empty) throw new PacketError('CONNECT goes on after its last field [MQTT-3.1.3-1]')
  return {
    clientId,
    clean: has(flag.clean),
    keepAliveSeconds,
    ...(will === undefined ? {} : { will }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  }
}

function checkFlags(flags: number, level: number): void {
  const has = (bit: number): boolean => (flags & bit) !== 0
  const willQos = (flags >> 3) & 3
  // MQTT 3.1 leaves it open.
  if (has(flag.reserved) && level === 4) throw new PacketError('reserved connect flag set [MQTT-3.1.2-3]')
  if (!has(flag.will) && (willQos !== 0 || has(flag.willRetain))) {
    throw new PacketError('will QoS or retain without a will [MQTT-3.1.2-13] [MQTT-3.1.2-15]')
  }
  if (willQos === 3) throw new PacketError('will QoS 3 [MQTT-3.1.2-14]')
  if (has(flag.password) && !has(flag.username)) {
    throw new PacketError('a password without a user name [MQTT-3.1.2-22]')
  }
}

function readWill(fields: PacketFields, flags: number): Will {
  const topic = fields.text('will topic')
  if (!isTopicName(topic)) throw new PacketError('will topic with a wildcard, or empty [MQTT-3.3.2-2] [MQTT-4.7.3-1]')
  const payload = Buffer.from(fields.binary('will message'))
  return { topic, payload, qos: ((flags >> 3) & 3) as 0 | 1 | 2, retain: (flags & flag.willRetain) !== 0 }
}

/**
 * The CONNECT that the broker behind the door gets: no secret; no will, which is the door's; and no keep-alive, for it
 * does not see all that a client sends.
 */
export const connectForBroker = (clientId: string, clean: boolean): Buffer =>
  packetOf(
    0x10,
    Buffer.concat([
      sized(Buffer.from('MQTT')),
      Buffer.from([4, clean ? flag.clean : 0, 0, 0]),
      sized(Buffer.from(clientId)),
    ]),
  )

const sized = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])

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

/** Why a CONNECT is refused, as CONNACK says it (§3.2.2.3). */
export type ReturnCode = 1 | 2 | 3 | 4 | 5

/** CONNACK (§3.2); a refused client has no session ([MQTT-3.2.2-4]). */
export const connack = (returnCode: 0 | ReturnCode, sessionPresent: boolean): Buffer =>
  Buffer.from([0x20, 2, sessionPresent ? 1 : 0, returnCode])
