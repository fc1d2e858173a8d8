import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GatewayWorld } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'
import { storedRecords } from './testing/stored.ts'

let world: GatewayWorld
const devices = ['will', 'leave', 'taken', 'keep', 'held', 'two', 'clean', 'retain', 'bad'].map((name) => `EL-${name}`)

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: devices.map((deviceId) => ({ deviceId, kind: 'elevator', siteId: 'site-1' })),
    gateways: { 'GW-1': devices },
  })
})
afterAll(() => world.stop())

const frame = (seq: number) => JSON.stringify({ time: 1_790_000_000_000, seq })
const topic = (deviceId: string, channel = 'telemetry') => `v1/elevator/${deviceId}/${channel}`
const will = (deviceId: string, payload = 'offline') => ({
  will: { topic: topic(deviceId, 'status'), payload: Buffer.from(payload), qos: 1 as const, retain: true },
})

describe('a last will', () => {
  test('becomes a status record after the frames that were sent before, when the connection breaks', async () => {
    const client = await RawClient.open(world.port, 'EL-will', will('EL-will'))
    client.send(publishPacket(topic('EL-will'), frame(1), 1))
    expect(await client.answers(1)).toEqual(['puback 1'])
    client.socket.resetAndDestroy()
    expect(await storedRecords(world.bus, 'EL-will', 2)).toMatchObject([
      { type: 'frame' },
      { type: 'status', status: 'offline', cause: 'will', siteId: 'site-1' },
    ])
  })

  test('is not published by who takes its leave', async () => {
    const client = await RawClient.open(world.port, 'EL-leave', will('EL-leave'))
    client.send({ cmd: 'disconnect' })
    await client.closed
    const again = await RawClient.open(world.port, 'EL-leave')
    again.send(publishPacket(topic('EL-leave'), frame(1), 1))
    await again.answers(1)
    expect(await storedRecords(world.bus, 'EL-leave', 1)).toMatchObject([{ type: 'frame' }])
    await again.end()
  })

  test('that says nothing known is quarantined and told like any payload', async () => {
    const site = await world.client('GW-1')
    const told = new Promise<string>((resolve) => site.on('message', (_topic, payload) => resolve(payload.toString())))
    await site.subscribeAsync(topic('EL-bad', 'error'), { qos: 1 })
    const client = await RawClient.open(world.port, 'EL-bad', will('EL-bad', 'gone'))
    await client.end()
    expect(JSON.parse(await told)).toMatchObject({ excerpt: 'gone' })
    await site.endAsync()
  })
})

test('a second connection under the client id takes over from the first', async () => {
  const first = await RawClient.open(world.port, 'EL-taken')
  const second = await RawClient.open(world.port, 'EL-taken')
  await first.closed
  second.send(publishPacket(topic('EL-taken'), frame(1), 1))
  expect(await second.answers(1)).toEqual(['puback 1'])
  await second.end()
})

describe('keep-alive', () => {
  test('cuts who is silent for one and a half times as long, and not who sends nothing but PUBLISHes', async () => {
    const client = await RawClient.open(world.port, 'EL-keep', { keepalive: 1, ...will('EL-keep') })
    const startedAt = performance.now()
    let sent = 0
    // The broker behind the door sees none of these.
    while (performance.now() - startedAt < 2_500) {
      client.send(publishPacket(topic('EL-keep'), frame(++sent), sent))
      expect(await client.answers(1)).toEqual([`puback ${sent}`])
    }
    const spoke = performance.now()
    await client.closed
    expect(performance.now() - spoke).toBeGreaterThan(1_400)
    const records = await storedRecords(world.bus, 'EL-keep', sent + 1)
    expect(records.at(-1)).toMatchObject({ type: 'status', status: 'offline', cause: 'will' })
  })

  test('holds who sends PINGREQ', async () => {
    const client = await RawClient.open(world.port, 'EL-held', { keepalive: 1 })
    const pings = setInterval(() => client.send({ cmd: 'pingreq' }), 400)
    for (let i = 0; i < 8; i++) expect(await client.answers(1)).toEqual(['pingresp'])
    clearInterval(pings)
    await client.end()
  })
})

describe('QoS 2', () => {
  const publish = (id: number, seq: number) => publishPacket(topic('EL-two'), frame(seq), id, 2)

  test('is stored once, however often it is sent before its release, also over a broken connection', async () => {
    const first = await RawClient.open(world.port, 'EL-two', { clean: false })
    first.send(publish(1, 1))
    expect(await first.answers(1)).toEqual(['pubrec 1'])
    await first.end()

    const second = await RawClient.open(world.port, 'EL-two', { clean: false })
    second.send(publish(1, 1), publish(2, 2))
    expect(await second.answers(2)).toEqual(['pubrec 1', 'pubrec 2'])
    second.send({ cmd: 'pubrel', messageId: 1 }, { cmd: 'pubrel', messageId: 2 }, { cmd: 'pubrel', messageId: 2 })
    expect(await second.answers(3)).toEqual(['pubcomp 1', 'pubcomp 2', 'pubcomp 2'])
    second.send(publish(1, 3))
    expect(await second.answers(1)).toEqual(['pubrec 1'])
    await second.end()

    const records = await storedRecords(world.bus, 'EL-two', 3)
    expect(records).toMatchObject([1, 2, 3].map((seq) => ({ frame: { seq } })))
  })

  test('of a clean session begins anew with the connection', async () => {
    for (const seq of [1, 2]) {
      const client = await RawClient.open(world.port, 'EL-clean')
      client.send(publishPacket(topic('EL-clean'), frame(seq), 1, 2))
      expect(await client.answers(1)).toEqual(['pubrec 1'])
      await client.end()
    }
    expect(await storedRecords(world.bus, 'EL-clean', 2)).toMatchObject([{ frame: { seq: 1 } }, { frame: { seq: 2 } }])
  })
})

test('a retained status is told to whoever subscribes later', async () => {
  const client = await world.client('EL-retain')
  await client.publishAsync(topic('EL-retain', 'status'), 'online', { qos: 1, retain: true })
  const heard = new Promise((resolve) =>
    client.on('message', (name, payload, { retain }) => resolve([name, payload.toString(), retain])),
  )
  await client.subscribeAsync(topic('EL-retain', 'status'))
  expect(await heard).toEqual([topic('EL-retain', 'status'), 'online', true])
  expect(await storedRecords(world.bus, 'EL-retain', 1)).toMatchObject([
    { type: 'status', status: 'online', cause: 'message' },
  ])
  await client.endAsync()
})
