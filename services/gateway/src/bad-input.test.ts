import { maxPayloadBytes, type QuarantineNotice } from '@lifeline/contracts'
import type { MqttClient } from 'mqtt'
import { generate, type Packet } from 'mqtt-packet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GatewayWorld } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'
import { quarantined, storedRecords } from './testing/stored.ts'

let world: GatewayWorld
const devices = ['bad', 'array', 'huge', 'known', 'event', 'many', 'away'].map((name) => `EL-${name}`)

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: devices.map((deviceId) => ({ deviceId, kind: 'elevator', siteId: 'site-1' })),
    gateways: { 'GW-1': ['EL-away'] },
  })
})
afterAll(() => world.stop())

const topic = (deviceId: string, channel = 'telemetry'): string => `v1/elevator/${deviceId}/${channel}`
const good = (seq: number) => ({ time: 1_790_000_000_000, seq, door: 'closed' })

/** Subscribes to a device's error topic; gives its notices one by one, or `count` of them. */
async function notices(client: MqttClient, deviceId: string): Promise<(count: number) => Promise<QuarantineNotice[]>> {
  const heard: QuarantineNotice[] = []
  let arrived = (): void => undefined
  client.on('message', (_topic, payload) => {
    heard.push(JSON.parse(payload.toString()) as QuarantineNotice)
    arrived()
  })
  await client.subscribeAsync(topic(deviceId, 'error'), { qos: 1 })
  return async (count) => {
    while (heard.length < count) {
      await new Promise<void>((resolve) => {
        arrived = resolve
      })
    }
    return heard.splice(0, count)
  }
}

const deep = '['.repeat(100_000)
const badPayloads: [name: string, payload: string | Buffer, reason: RegExp, path?: string][] = [
  ['malformed JSON', '{"time": 1,', /^not JSON/],
  ['NaN', '{"time":1,"speed":NaN}', /^not JSON/],
  ['a wrong type', '{"time":1,"speed":"fast"}', /must be number/, 'speed'],
  ['a missing time', '{"speed":1}', /time is missing/, 'time'],
  ['an unknown enum value', '{"time":1,"door":"ajar"}', /must be one of closed, /, 'door'],
  ['an empty payload', '', /empty/],
  ['501 frames', JSON.stringify(Array.from({ length: 501 }, (_, i) => good(i))), /501 in one payload/],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), /not UTF-8/],
  ['nesting without end', deep, /^not JSON/],
  ['300 KiB', Buffer.alloc(300 * 1024, ' '), /307200 bytes, at most 262144/],
]

test('each bad payload is acknowledged, kept with its reason and told of, and the connection stays', async () => {
  const client = await world.client('EL-bad')
  const next = await notices(client, 'EL-bad')
  for (const [name, payload, reason, path] of badPayloads) {
    const startedAt = Date.now()
    await client.publishAsync(topic('EL-bad'), payload, { qos: 1 })
    const [notice] = await next(1)
    expect(Date.now() - startedAt, name).toBeLessThan(1_000)
    expect(notice?.reason, name).toMatch(reason)
    expect(notice?.path, name).toBe(path)
    expect(notice?.receivedAt, name).toBeGreaterThanOrEqual(startedAt)
  }
  await client.publishAsync(topic('EL-bad'), JSON.stringify(good(1)), { qos: 1 })
  expect(client.connected).toBe(true)
  expect(await storedRecords(world.bus, 'EL-bad', 1)).toMatchObject([{ type: 'frame', frame: good(1) }])

  const records = await quarantined(world.bus, 'EL-bad', badPayloads.length)
  for (const [i, [name, payload, reason]] of badPayloads.entries()) {
    const bytes = Buffer.from(payload as string)
    expect(records[i], name).toMatchObject({ source: 'gateway', kind: 'elevator', topic: topic('EL-bad') })
    expect(records[i]?.reason, name).toMatch(reason)
    expect(records[i]?.payloadBytes, name).toBe(bytes.length)
    expect(Buffer.from(records[i]?.payload ?? '', 'base64').equals(bytes.subarray(0, maxPayloadBytes)), name).toBe(true)
    expect(records[i]?.excerpt.length, name).toBeLessThanOrEqual(200)
  }
  await client.endAsync()
})

test('of an array the good frames are taken, and each bad one is kept with its path', async () => {
  const client = await world.client('EL-array')
  const next = await notices(client, 'EL-array')
  const array = [good(0), { ...good(1), door: 'ajar' }, good(2), { ...good(3), time: '1' }]
  await client.publishAsync(topic('EL-array'), JSON.stringify(array), { qos: 1 })
  const told = await next(2)
  expect(told.map(({ path }) => path)).toEqual(['[1].door', '[3].time'])
  expect(JSON.parse(told[0]?.excerpt ?? '')).toEqual(array[1])
  const stored = await storedRecords(world.bus, 'EL-array', 2)
  expect(stored).toMatchObject([{ frame: good(0) }, { frame: good(2) }])
  const records = await quarantined(world.bus, 'EL-array', 2)
  expect(records.map(({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString()))).toEqual([
    array[1],
    array[3],
  ])
  await client.endAsync()
})

test('a PUBLISH of 256 MiB, the most there is, is survived: its head is kept, what follows it is taken', async () => {
  const client = await RawClient.open(world.port, 'EL-huge')
  // Fixed header with the longest remaining length, topic, packet id.
  const name = Buffer.from(topic('EL-huge'))
  const head = Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f, 0, name.length, ...name, 0, 1])
  client.socket.write(head)
  const megabyte = Buffer.alloc(1 << 20, 'z')
  for (let left = 268_435_455 - 4 - name.length; left > 0; left -= megabyte.length) {
    const more = client.socket.write(megabyte.subarray(0, Math.min(left, megabyte.length)))
    if (!more) await new Promise((resolve) => client.socket.once('drain', resolve))
  }
  client.send(publishPacket(topic('EL-huge'), JSON.stringify(good(2)), 2))
  expect(await client.answers(2)).toEqual(['puback 1', 'puback 2'])
  const [record] = await quarantined(world.bus, 'EL-huge', 1)
  expect(record?.payloadBytes).toBe(268_435_455 - 4 - name.length)
  expect(Buffer.from(record?.payload ?? '', 'base64')).toEqual(Buffer.alloc(maxPayloadBytes, 'z'))
  const metrics = await world.metrics()
  expect(metrics.get('lifeline_pending_bytes')).toBe(0)
  await client.end()
}, 60_000)

test('unknown fields are kept out, counted, and no error', async () => {
  const client = await world.client('EL-known')
  const before = (await world.metrics()).get('lifeline_unknown_fields_total') ?? 0
  const payload = '{"time":5,"__proto__":{"floor":1},"passenger":"somebody","load":75}'
  await client.publishAsync(topic('EL-known'), payload, { qos: 1 })
  const [record] = await storedRecords(world.bus, 'EL-known', 1)
  expect(record).toMatchObject({ type: 'frame', frame: { time: 5, load: 75 } })
  expect(Object.keys((record as { frame: object }).frame)).toEqual(['time', 'load'])
  expect((await world.metrics()).get('lifeline_unknown_fields_total')).toBe(before + 2)
  await client.endAsync()
})

test('events and status words are checked like frames', async () => {
  const client = await world.client('EL-event')
  const next = await notices(client, 'EL-event')
  const event = { time: 7, code: { scheme: 'cq-2023', code: 90 }, active: true }
  await client.publishAsync(topic('EL-event', 'event'), JSON.stringify(event), { qos: 1 })
  await client.publishAsync(topic('EL-event', 'event'), '{"time":7,"code":"no such","active":true}', { qos: 1 })
  await client.publishAsync(topic('EL-event', 'status'), 'asleep', { qos: 1 })
  expect((await next(2)).map(({ path, reason }) => [path, reason])).toEqual([
    ['code', expect.any(String)],
    [undefined, 'a status is online or offline'],
  ])
  expect(await storedRecords(world.bus, 'EL-event', 1)).toMatchObject([
    { type: 'event', event: { time: 7, code: 'alarm_button', active: true } },
  ])
  await client.endAsync()
})

test('500 bad frames in one payload are all kept, and told of in twenty-one notices', async () => {
  const client = await world.client('EL-many')
  const next = await notices(client, 'EL-many')
  const payload = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ time: 'late', seq: i })))
  await client.publishAsync(topic('EL-many'), payload, { qos: 1 })
  const told = await next(21)
  expect(told.at(-1)?.reason).toContain('and 479 more in this payload')
  expect(await quarantined(world.bus, 'EL-many', 500)).toHaveLength(500)
  await client.endAsync()
})

test('who has a persistent session hears on return of what was quarantined meanwhile', async () => {
  const site = await world.client('GW-1', { clean: false })
  await site.subscribeAsync(topic('EL-away', 'error'), { qos: 1 })
  await site.endAsync()

  const device = await world.client('EL-away')
  await device.publishAsync(topic('EL-away'), 'rubbish', { qos: 1 })
  await device.endAsync()

  const back = new RawClient(world.port)
  const connect = {
    clientId: 'GW-1',
    username: 'GW-1',
    password: Buffer.from('a secret of the test world'),
    clean: false,
  }
  back.send(Buffer.from(generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, keepalive: 0, ...connect })))
  expect(await back.next()).toMatchObject({ cmd: 'connack', returnCode: 0, sessionPresent: true })
  const message = (await back.next()) as Packet & { topic: string; payload: Buffer }
  expect([message.cmd, message.topic]).toEqual(['publish', topic('EL-away', 'error')])
  expect(JSON.parse(message.payload.toString())).toMatchObject({ excerpt: 'rubbish' })
  await back.end()
})

test('when nothing is under way, received = committed + quarantined + refused', async () => {
  const metrics = await world.metrics()
  const sum = (name: string): number =>
    [...metrics].filter(([key]) => key.startsWith(name)).reduce((total, [, value]) => total + value, 0)
  const received = sum('lifeline_frames_received_total')
  expect(received).toBeGreaterThan(500)
  expect(received).toBe(
    sum('lifeline_frames_committed_total') +
      sum('lifeline_frames_quarantined_total') +
      sum('lifeline_frames_refused_total'),
  )
})
