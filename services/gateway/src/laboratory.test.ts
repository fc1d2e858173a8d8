import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Packet } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GatewayWorld } from './testing/gateway-world.ts'
import { connectPacket, publishPacket, RawClient } from './testing/raw-client.ts'
import { storedRecords } from './testing/stored.ts'

let world: GatewayWorld

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: [{ deviceId: 'EL-1', kind: 'elevator', siteId: 'site-1' }],
    env: { GATEWAY_LAB: '1' },
  })
})
afterAll(() => world.stop())

const anonymous = { username: undefined, password: undefined } as object
const open = (name: string, options: object = {}): Promise<RawClient> =>
  RawClient.open(world.port, name, { ...anonymous, ...options })
const subscribe = (...filters: [string, 0 | 1 | 2][]): Packet => ({
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: filters.map(([topic, qos]) => ({ topic, qos })),
})

/** The next message, as `topic payload qos`, with `retained` and `again` where it is. */
async function message(client: RawClient): Promise<string> {
  const packet = await client.next()
  if (packet.cmd !== 'publish') return packet.cmd
  if (packet.qos === 1) client.send({ cmd: 'puback', messageId: packet.messageId ?? 0 })
  const marks = [packet.retain ? ' retained' : '', packet.dup ? ' again' : '']
  return `${packet.topic} ${packet.payload} ${packet.qos}${marks.join('')}`
}

async function subscribed(name: string, ...filters: [string, 0 | 1 | 2][]): Promise<RawClient> {
  const client = await open(name)
  client.send(subscribe(...filters))
  expect(await client.next()).toMatchObject({ cmd: 'suback', granted: filters.map(([, qos]) => qos) })
  return client
}

describe('an anonymous message goes to who subscribed', () => {
  test.each([0, 1, 2] as const)('at QoS %i, answered as such', async (qos) => {
    const hearer = await subscribed(`hears-${qos}`, [`fan/${qos}`, qos])
    const speaker = await open(`says-${qos}`)
    speaker.send(publishPacket(`fan/${qos}`, 'x', 7, qos))
    if (qos === 1) expect(await speaker.answers(1)).toEqual(['puback 7'])
    if (qos === 2) {
      expect(await speaker.answers(1)).toEqual(['pubrec 7'])
      speaker.send({ cmd: 'pubrel', messageId: 7 })
      expect(await speaker.answers(1)).toEqual(['pubcomp 7'])
    }
    expect(await message(hearer)).toBe(`fan/${qos} x ${qos}`)
    await Promise.all([hearer.end(), speaker.end()])
  })

  test('once for each QoS 2 packet id until it is released [MQTT-4.3.3-2]', async () => {
    const client = await subscribed('twice', ['twice', 0])
    client.send(publishPacket('twice', 'x', 3, 2), publishPacket('twice', 'x', 3, 2))
    const heard = new Set<string>()
    for (let i = 0; i < 3; i++) heard.add(await message(client))
    expect([...heard].sort()).toEqual(['pubrec', 'twice x 0'])
    expect(await client.ping()).toEqual([])
    await client.end()
  })

  test('at the highest QoS granted, and at none above it [MQTT-3.3.5-1] [MQTT-3.8.4-6]', async () => {
    const [low, both] = [await subscribed('low', ['q/+', 1]), await subscribed('both', ['q/#', 0], ['q/+', 1])]
    low.send(publishPacket('q/2', 'x', 1, 2))
    expect(new Set([await message(low), await message(low)])).toEqual(new Set(['pubrec', 'q/2 x 1']))
    expect(await message(both)).toBe('q/2 x 1')
    await Promise.all([low.end(), both.end()])
  })

  test('whatever text its topic is [MQTT-1.5.3-3]', async () => {
    const client = await subscribed('text', ['lift/电梯/+', 0])
    client.send(publishPacket('lift/电梯/\uFEFF1', 'x', 0, 0))
    expect(await message(client)).toBe('lift/电梯/\uFEFF1 x 0')
    await client.end()
  })
})

test('a retained message is told as one to later subscribers until an empty one takes it away [MQTT-3.3.1-6] [MQTT-3.3.1-10]', async () => {
  const client = await open('keeper')
  const retained = (payload: string): Packet => ({ ...publishPacket('kept/a', payload, 1, 1), retain: true }) as Packet
  client.send(retained('x'))
  expect(await client.answers(1)).toEqual(['puback 1'])
  client.send(subscribe(['kept/#', 1]))
  expect((await client.next()).cmd).toBe('suback')
  expect(await message(client)).toBe('kept/a x 1 retained')
  client.send(retained(''))
  expect(new Set([await message(client), await message(client)])).toEqual(new Set(['puback', 'kept/a  1']))
  client.send(subscribe(['kept/#', 1]))
  expect((await client.next()).cmd).toBe('suback')
  expect(await client.ping()).toEqual([])
  await client.end()
})

test('topics with $ match no leading wildcard, retained or not [MQTT-4.7.2-1]', async () => {
  const speaker = await open('dollar-says')
  speaker.send({ ...publishPacket('$other', 'x', 1), retain: true } as Packet)
  expect(await speaker.answers(1)).toEqual(['puback 1'])
  const hearer = await subscribed('dollar-hears', ['#', 0])
  speaker.send(publishPacket('$other', 'y', 2), publishPacket('dollar', 'z', 3))
  expect(await message(hearer)).toBe('dollar z 0')
  hearer.send(subscribe(['$other', 0]))
  expect((await hearer.next()).cmd).toBe('suback')
  expect(await message(hearer)).toBe('$other x 0 retained')
  speaker.send({ ...publishPacket('$other', '', 4), retain: true } as Packet)
  await Promise.all([hearer.end(), speaker.answers(3)])
  await speaker.end()
})

describe('a last will', () => {
  const will = (name: string) => ({
    will: { topic: `will/${name}`, payload: Buffer.from('gone'), qos: 1, retain: false },
  })

  test('is told when the connection breaks, is taken over, or falls silent, and not when the client takes its leave', async () => {
    const hearer = await subscribed('mourner', ['will/#', 2])
    const leaving = await open('leaving', will('leaving'))
    leaving.send({ cmd: 'disconnect' })
    await leaving.closed
    ;(await open('broken', will('broken'))).socket.resetAndDestroy()
    expect(await message(hearer)).toBe('will/broken gone 1')
    const first = await open('taken', will('taken'))
    const second = await open('taken')
    expect(await message(hearer)).toBe('will/taken gone 1')
    await first.closed
    await open('silent', { ...will('silent'), keepalive: 1 })
    expect(await message(hearer)).toBe('will/silent gone 1')
    await Promise.all([hearer.end(), second.end()])
  })
})

describe('a session that is kept', () => {
  const kept = { clean: false }
  /** Session present, as CONNACK says. */
  const present = async (name: string, options: object): Promise<boolean> => {
    const client = new RawClient(world.port)
    client.send(connectPacket(name, { ...anonymous, ...options }))
    const answer = await client.next()
    client.send({ cmd: 'disconnect' })
    await client.closed
    return answer.cmd === 'connack' && answer.sessionPresent
  }

  test('is told to be there, with subscriptions or without, until a clean one takes its place [MQTT-3.2.2-2]', async () => {
    expect(await present('here', kept)).toBe(false)
    expect(await present('here', kept)).toBe(true)
    expect(await present('here', {})).toBe(false)
    expect(await present('here', kept)).toBe(false)
  })

  test('gets what came while its client was away, once and not above the QoS granted', async () => {
    const before = await open('away', kept)
    before.send(subscribe(['away/#', 1], ['away/+', 1]))
    expect((await before.next()).cmd).toBe('suback')
    await before.end()
    const speaker = await open('away-says')
    speaker.send(publishPacket('away/x', '1', 1, 1), publishPacket('away/x', '2', 2, 2))
    expect(await speaker.answers(2)).toEqual(['puback 1', 'pubrec 2'])
    const after = await open('away', kept)
    expect([await message(after), await message(after)]).toEqual(['away/x 1 1', 'away/x 2 1'])
    expect(await after.ping()).toEqual([])
    await Promise.all([after.end(), speaker.end()])
  })

  test('gets what it did not answer again, and is told so [MQTT-3.3.1-1] [MQTT-4.4.0-1]', async () => {
    const before = await open('again', kept)
    before.send(subscribe(['again', 2]))
    expect((await before.next()).cmd).toBe('suback')
    before.send(publishPacket('again', 'x', 9, 2))
    const seen = [await before.next(), await before.next()]
    expect(seen.map(({ cmd }) => cmd).sort()).toEqual(['publish', 'pubrec'])
    const messageId = seen.find(({ cmd }) => cmd === 'publish')?.messageId ?? 0
    await before.end()
    const after = await open('again', kept)
    expect(await after.next()).toMatchObject({ cmd: 'publish', messageId, dup: true, qos: 2 })
    after.send({ cmd: 'pubrec', messageId })
    expect(await after.answers(1)).toEqual([`pubrel ${messageId}`])
    await after.end()
    const last = await open('again', kept)
    expect(await last.answers(1)).toEqual([`pubrel ${messageId}`])
    last.send({ cmd: 'pubcomp', messageId })
    expect(await last.ping()).toEqual([])
    await last.end()
  })
})

test('a wrong answer to a message down ends the connection', async () => {
  const client = await subscribed('wrong', ['wrong', 1])
  client.send(publishPacket('wrong', 'x', 0, 0), publishPacket('wrong', 'y', 5, 1))
  let packet = await client.next()
  while (packet.cmd !== 'publish' || packet.qos === 0) packet = await client.next()
  client.send({ cmd: 'pubrec', messageId: packet.messageId ?? 0 })
  await client.closed
})

describe('closed are', () => {
  test('subscriptions to $SYS, to devices, and to test/nosubscribe: 0x80 each [MQTT-3.9.3-2]', async () => {
    const client = await open('nosy')
    client.send(
      subscribe(['$SYS/#', 0], ['v1/#', 0], ['v1/elevator/EL-1/command', 0], ['test/nosubscribe', 2], ['ok', 1]),
    )
    expect(await client.next()).toMatchObject({ cmd: 'suback', granted: [0x80, 0x80, 0x80, 0x80, 1] })
    await client.end()
  })

  test.each(['$SYS/broker/uptime', '$CONTROL/dynamic-security/v1', 'v1/elevator/EL-1/command'])(
    'PUBLISH and wills to %s',
    async (topic) => {
      const client = await open('sly')
      client.send(publishPacket(topic, 'x', 1))
      await client.closed
      const will = { topic, payload: Buffer.from('x'), qos: 0, retain: false }
      await expect(open('sly', { will })).rejects.toThrow('"returnCode":5')
    },
  )
})

test('an empty client id is given one with a clean session, and refused without [MQTT-3.1.3-6] [MQTT-3.1.3-8]', async () => {
  const [one, other] = [await open(''), await open('')]
  expect([await one.ping(), await other.ping()]).toEqual([[], []])
  await Promise.all([one.end(), other.end()])
  const raw = new RawClient(world.port)
  raw.send(Buffer.from('100c00044d5154540400000a0000', 'hex'))
  expect(await raw.next()).toMatchObject({ cmd: 'connack', returnCode: 2 })
  await raw.closed
})

test('a registered device goes its usual way, and nobody anonymous hears it', async () => {
  const nosy = await subscribed('all-ears', ['#', 0])
  const device = await RawClient.open(world.port, 'EL-1')
  device.send(publishPacket('v1/elevator/EL-1/status', 'online', 1))
  device.send(publishPacket('v1/elevator/EL-1/telemetry', '{"time":1790000000000,"seq":1}', 2))
  expect(await device.answers(2)).toEqual(['puback 1', 'puback 2'])
  expect(await storedRecords(world.bus, 'EL-1', 2)).toMatchObject([{ type: 'status' }, { type: 'frame' }])
  expect(await nosy.ping()).toEqual([])
  await expect(RawClient.open(world.port, 'EL-1', { password: Buffer.from('guess') })).rejects.toThrow('"returnCode":5')
  await Promise.all([nosy.end(), device.end()])
})

test('it is for loopback addresses only', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const env = { ...process.env, GATEWAY_LAB: '1', BIND: '0.0.0.0' }
  await expect(promisify(execFile)(process.execPath, [main], { env })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('GATEWAY_LAB=1'),
  })
})
