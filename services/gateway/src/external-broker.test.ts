import { eventually, type TestServer } from '@lifeline/test-support'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandTopic, order, ordered } from './testing/commands.ts'
import { GatewayWorld, health } from './testing/gateway-world.ts'
import { startMosquitto } from './testing/mosquitto.ts'
import { quarantined, storedCounters, storedRecords } from './testing/stored.ts'

let mosquitto: TestServer
let world: GatewayWorld
let device: MqttClient

const names = ['order', 'kill', 'restart', 'away', 'nats', 'bad', 'own', 'command'].map((name) => `EL-${name}`)
/** Processes are killed and come back. */
const patienceMs = 120_000

beforeAll(async () => {
  mosquitto = await startMosquitto()
  world = await GatewayWorld.start({
    machines: [
      ...names.map((deviceId) => ({ deviceId, kind: 'elevator' as const, siteId: 'site-1' })),
      { deviceId: 'TC-1', kind: 'tower-crane', siteId: 'site-2', format: 'deye', vendorId: '18090311' },
      { deviceId: 'HO-1', kind: 'hoist', siteId: 'site-2', format: 'hoist-7a7a', vendorId: 'HOIST001' },
    ],
    env: {
      EXTERNAL_MQTT_URL: mosquitto.url,
      EXTERNAL_MQTT_TOPICS: 'v1/+/+/telemetry,v1/+/+/event,v1/+/+/command-ack,BIM/Sets/zhgd/#,elsewhere/#',
    },
  })
  device = await connectAsync(mosquitto.url)
}, patienceMs)
afterAll(async () => {
  await device.endAsync(true)
  await world.stop()
  await mosquitto.remove()
})

const topic = (deviceId: string, channel = 'telemetry') => `v1/elevator/${deviceId}/${channel}`
const frame = (seq: number) => JSON.stringify({ time: 1_790_000_000_000 + seq, seq })
const send = (deviceId: string, from: number, to: number) =>
  Promise.all(
    Array.from({ length: to - from }, (_, i) => device.publishAsync(topic(deviceId), frame(from + i), { qos: 1 })),
  )
const counters = (length: number) => Array.from({ length }, (_, i) => i)
const stored = (deviceId: string, count: number) =>
  eventually(
    `${count} frames of ${deviceId} in the log`,
    async () => {
      const found = await storedCounters(world.bus, deviceId)
      return new Set(found).size >= count ? found : undefined
    },
    { withinMs: patienceMs, everyMs: 200 },
  )

test('what devices publish at another broker is stored in its order', async () => {
  await send('EL-order', 0, 2_000)
  expect(await stored('EL-order', 2_000)).toEqual(counters(2_000))
}, 120_000)

test('what comes while the gateway is away is kept by the broker and stored when it is back', async () => {
  await world.gateway.stop()
  await send('EL-away', 0, 300)
  await world.gateway.start()
  expect(await stored('EL-away', 300)).toEqual(counters(300))
}, 120_000)

test('a gateway killed amid a flood has acknowledged nothing that is not in the log', async () => {
  const flood = send('EL-kill', 0, 3_000)
  await stored('EL-kill', 50)
  await world.gateway.stop('SIGKILL')
  await flood
  await world.gateway.start()
  const found = await stored('EL-kill', 3_000)
  expect([...new Set(found)].toSorted((a, b) => a - b)).toEqual(counters(3_000))
}, 180_000)

test('while NATS is away nothing is acknowledged, and all of it is stored when it is back', async () => {
  await world.nats.process.stop('SIGKILL')
  await send('EL-nats', 0, 200)
  await world.nats.process.start()
  expect(await stored('EL-nats', 200)).toEqual(counters(200))
}, 120_000)

test('what is not understood is quarantined and told on the error topic there, and no topic of anybody blocks the rest', async () => {
  await device.subscribeAsync(topic('EL-bad', 'error'), { qos: 1 })
  const notice = new Promise<string>((resolve) => device.once('message', (_, payload) => resolve(payload.toString())))
  await device.publishAsync('elsewhere/thing', 'x', { qos: 1 })
  await device.publishAsync(topic('EL-nobody'), frame(1), { qos: 1 })
  await device.publishAsync(topic('EL-bad'), '{"time":1,"door":"ajar"}', { qos: 1 })
  expect(JSON.parse(await notice)).toMatchObject({ path: 'door' })
  expect(await quarantined(world.bus, 'EL-bad', 1)).toMatchObject([{ topic: topic('EL-bad') }])
  const metrics = await world.metrics()
  expect(metrics.get('lifeline_frames_refused_total{reason="no_device_topic"}')).toBeGreaterThanOrEqual(1)
  expect(metrics.get('lifeline_frames_refused_total{reason="foreign_device"}') ?? 0).toBe(0)
  expect(metrics.get('lifeline_frames_refused_total{reason="not_registered"}')).toBeGreaterThanOrEqual(1)
}, 120_000)

test('formats of vendors come that way too, and devices of the gateway itself as before', async () => {
  const state = JSON.stringify({ HxzId: '18090311', RTime: '2026-03-01 08:30:00', Weight: 2.08 })
  await device.publishAsync('BIM/Sets/zhgd/DEYE/18090311/RealtimeDataCrane', state, { qos: 1 })
  expect(await storedRecords(world.bus, 'TC-1', 1)).toMatchObject([{ frame: { hookLoad: 2080 } }])
  const own = await world.client('EL-own')
  await own.publishAsync(topic('EL-own'), frame(7), { qos: 1 })
  expect(await stored('EL-own', 1)).toEqual([7])
  await own.endAsync()
}, 120_000)

test('a command goes to a device that is connected there, once, and not while nobody has subscribed', async () => {
  const command = await order(world, 'EL-command')
  const gone = await order(world, 'EL-command', { expiresAt: Date.now() + 4_000 })
  await eventually('one has expired with nobody there', async () => (Date.now() > gone.expiresAt ? true : undefined))
  expect(await ordered(world, gone, ({ handedAt }) => handedAt === undefined)).toEqual(gone)
  const heard: string[] = []
  device.on('message', (name, payload) => {
    if (name === commandTopic('EL-command')) heard.push((JSON.parse(payload.toString()) as { id: string }).id)
  })
  await device.subscribeAsync(commandTopic('EL-command'), { qos: 1 })
  await ordered(world, command, ({ handedAt }) => handedAt !== undefined)
  await eventually('heard', async () => heard[0])
  await device.publishAsync(commandTopic('EL-command', 'command-ack'), JSON.stringify({ id: command.id, ok: true }), {
    qos: 1,
  })
  expect((await ordered(world, command, ({ answer }) => answer !== undefined)).answer).toMatchObject({ ok: true })
  const last = await order(world, 'EL-command')
  await eventually('the next heard', async () => (heard.includes(last.id) ? true : undefined))
  expect(heard).toEqual([command.id, last.id])
}, 120_000)

test('what a broker takes after its own restart, before the gateway has found it again, is stored', async () => {
  await world.gateway.stop()
  await mosquitto.process.stop('SIGTERM')
  await mosquitto.process.start()
  await send('EL-restart', 0, 100)
  await world.gateway.start()
  expect(await stored('EL-restart', 100)).toEqual(counters(100))
}, 120_000)

test('a broker that goes is a reason to be unhealthy, and its return the end of it', async () => {
  await mosquitto.process.stop('SIGKILL')
  const reasons = await eventually('unhealthy', async () => {
    const { ok = true, reasons: why } = (await health(world.servicePort)) ?? {}
    return ok ? undefined : why
  })
  expect(JSON.stringify(reasons)).toContain('not connected to the external broker')
  await mosquitto.process.start()
  await eventually('healthy again', async () => ((await health(world.servicePort))?.ok === true ? true : undefined))
}, 120_000)
