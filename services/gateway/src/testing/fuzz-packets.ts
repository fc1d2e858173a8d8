import { generate } from 'mqtt-packet'
import { readConnect } from '../connect-packet.ts'
import { checkFixedHeader, packetTypes } from '../control-packets.ts'
import { packetIdOf } from '../packet-fields.ts'
import { PacketError, PacketReader, type PacketSink } from '../packet-reader.ts'
import { readPublish } from '../publish-packet.ts'
import { checkSubscribe, checkUnsubscribe } from '../subscribe-packet.ts'

const limits = { maxFilters: 10, maxLevels: 20 }
const maxControlBytes = 4_096
const will = { topic: 'v1/elevator/EL-1/status', payload: Buffer.from('offline'), qos: 1 as const, retain: true }
const seeds = [
  generate({ cmd: 'connect', clientId: 'EL-1', clean: true, keepalive: 60, protocolId: 'MQTT', protocolVersion: 4 }),
  generate({ cmd: 'connect', clientId: '梯', clean: false, username: 'ü', password: Buffer.from([0, 255]), will }),
  generate({
    cmd: 'publish',
    topic: 'v1/elevator/EL-1/telemetry',
    payload: '{"time":1}',
    qos: 1,
    messageId: 7,
    dup: false,
    retain: false,
  }),
  generate({ cmd: 'publish', topic: '电梯/1', payload: '', qos: 0, dup: false, retain: true }),
  generate({
    cmd: 'subscribe',
    messageId: 1,
    subscriptions: [
      { topic: 'a/+/#', qos: 2 },
      { topic: 'b', qos: 0 },
    ],
  }),
  generate({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['a/+/#', '/'] }),
  generate({ cmd: 'puback', messageId: 3 }),
  generate({ cmd: 'pubrel', messageId: 4 }),
  generate({ cmd: 'pingreq' }),
  generate({ cmd: 'disconnect' }),
]
const telling = [0, 1, 0x1f, 0x2b, 0x23, 0x7f, 0x80, 0xc2, 0xed, 0xff]

/** What the door does with packets, without the door; `taken` counts those that pass. */
class Checks implements PacketSink {
  taken = 0

  header(first: number, length: number): void {
    checkFixedHeader(first, length, maxControlBytes)
  }

  packet(first: number, bytes: Buffer, start: number, end: number, skipped: number): boolean {
    const type = first >> 4
    if (type === packetTypes.connect) expectSame(bytes.subarray(start, end), readConnect(bytes, start, end))
    else if (type === packetTypes.publish) {
      const { topic, payload, qos } = readPublish(first, bytes, start, end, skipped)
      expectText(Buffer.from(topic, 'latin1'))
      if (payload.length + topic.length + 2 + (qos > 0 ? 2 : 0) !== end - start) throw new Error('bytes went missing')
    } else if (type === packetTypes.subscribe) checkSubscribe(bytes, start, end, limits).forEach(expectFilter)
    else if (type === packetTypes.unsubscribe) checkUnsubscribe(bytes, start, end, limits).forEach(expectFilter)
    else if (end - start === 2) packetIdOf(bytes, start)
    this.taken++
    return true
  }
}

/** A CONNECT that is taken is what its parts make when they are written down again, by nobody's code but this. */
function expectSame(body: Buffer, connect: ReturnType<typeof readConnect>): void {
  if (connect === undefined) return
  const { clientId, will, username, password } = connect
  const sized = (value: string | Buffer): Buffer => {
    const bytes = Buffer.from(value as string)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  }
  const parts = [clientId, will?.topic, will?.payload, username, password].filter((part) => part !== undefined)
  const payload = Buffer.concat(parts.map(sized))
  if (!body.subarray(body.length - payload.length).equals(payload)) throw new Error('another CONNECT was read')
  for (const text of [clientId, will?.topic ?? 'x', username ?? '']) expectText(Buffer.from(text))
}

function expectText(bytes: Buffer): void {
  for (const character of new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) {
    const code = character.codePointAt(0) ?? 0
    if (code < 32 || (code >= 127 && code < 160) || (code & 0xfffe) === 0xfffe)
      throw new Error(`U+${code.toString(16)}`)
  }
}

function expectFilter(filter: string): void {
  expectText(Buffer.from(filter))
  if (filter === '' || /[^/][+#]|[+#][^/]|#./.test(filter)) throw new Error(`${filter} is no filter`)
}

/** Numbers below `limit`, the same for the same seed. */
function random(seed: number): (limit: number) => number {
  let state = seed >>> 0 || 1
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}

function mutated(below: (limit: number) => number): Buffer {
  const bytes = [...(seeds[below(seeds.length)] as Buffer)]
  for (let changes = below(4); changes > 0; changes--) {
    const at = below(bytes.length + 1)
    const value = below(2) === 0 ? (telling[below(telling.length)] as number) : below(256)
    const kind = below(4)
    if (kind === 0) bytes.splice(at, 1)
    else if (kind === 1) bytes.splice(at, 0, value)
    else if (kind === 2) bytes.length = at
    else if (at < bytes.length) bytes[at] = value
  }
  return Buffer.from(bytes)
}

/**
 * Throws so many mutated packets at the checks of the door, in pieces.
 * @returns how many were taken and how many refused
 * @throws Error with the input in hex where one is taken that must not be, or anything but PacketError happens
 */
export function fuzzPackets(inputs: number, seed: number): { readonly taken: number; readonly refused: number } {
  const below = random(seed)
  const checks = new Checks()
  let refused = 0
  for (let i = 0; i < inputs; i++) {
    const input = mutated(below)
    const cut = below(input.length + 1)
    const reader = new PacketReader(checks)
    try {
      reader.push(input.subarray(0, cut))
      reader.push(input.subarray(cut))
    } catch (error) {
      if (!(error instanceof PacketError))
        throw new Error(`seed ${seed}, input ${i}: ${input.toString('hex')}`, { cause: error })
      refused++
    }
  }
  return { taken: checks.taken, refused }
}

if (import.meta.main) {
  const [inputs = 10_000_000, seed = Date.now()] = process.argv.slice(2).map(Number)
  const startedAt = performance.now()
  const { taken, refused } = fuzzPackets(inputs, seed)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  process.stdout.write(
    `${inputs} inputs of seed ${seed} in ${seconds} s: ${taken} packets taken, ${refused} inputs refused\n`,
  )
}
