import { eventually, type ServerProcess } from '@lifeline/test-support'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GatewayWorld, gatewayProcess } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'
import { storedRecords } from './testing/stored.ts'

const devices = ['EL-moves', 'EL-bad', 'EL-there', 'EL-shared']
const topic = (deviceId: string, channel = 'telemetry') => `v1/elevator/${deviceId}/${channel}`
/** What a CONNECT begins with; who has said nothing is no connection yet. */
const connectByte = 0x10
const frame = (seq: number) => JSON.stringify({ time: 1_790_000_000_000, seq })

let world: GatewayWorld
let other: { readonly gateway: ServerProcess; readonly port: number }

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: devices.map((deviceId) => ({ deviceId, kind: 'elevator', siteId: 'site-1' })),
    gateways: { 'GW-1': devices, 'GW-2': devices },
    env: { SHARE_PORTS: '1' },
  })
  other = await gatewayProcess(world.nats.url, {})
  await other.gateway.start()
})
afterAll(async () => {
  await other.gateway.stop()
  await world.stop()
})

test('a device that signs in at another gateway is taken over from the first, and its will is not told', async () => {
  const options = {
    will: { topic: topic('EL-moves', 'status'), payload: Buffer.from('offline'), qos: 1 as const, retain: true },
  }
  const before = await RawClient.open(world.port, 'EL-moves', options)
  const there = await RawClient.open(other.port, 'EL-moves', options)
  await before.closed
  // What either gateway had to store of the earlier connections is stored before these.
  const back = await RawClient.open(world.port, 'EL-moves', options)
  await there.closed
  back.send(publishPacket(topic('EL-moves'), frame(1), 1))
  expect(await back.answers(1)).toEqual(['puback 1'])
  const last = await RawClient.open(other.port, 'EL-moves', options)
  await back.closed
  last.send(publishPacket(topic('EL-moves'), frame(2), 1))
  expect(await last.answers(1)).toEqual(['puback 1'])
  expect(await storedRecords(world.bus, 'EL-moves', 2)).toMatchObject([
    { type: 'frame', frame: { seq: 1 } },
    { type: 'frame', frame: { seq: 2 } },
  ])
  last.send({ cmd: 'disconnect' })
  await last.closed
})

test('what goes down to a device reaches it at whichever gateway it is', async () => {
  world.bus.connection.publish('gateway.peers.nobody', 'no news')
  const device = await RawClient.open(other.port, 'EL-bad')
  device.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: topic('EL-bad', 'error'), qos: 1 }] })
  expect(await device.answers(1)).toEqual(['suback 1'])
  const site = await RawClient.open(world.port, 'GW-1')
  site.send(publishPacket(topic('EL-bad'), '{"time":', 1))
  const told = await device.next()
  expect(told).toMatchObject({ cmd: 'publish', topic: topic('EL-bad', 'error'), qos: 1 })
  expect(JSON.parse(String('payload' in told && told.payload))).toMatchObject({ excerpt: '{"time":' })
  await device.end()
  await site.end()
})

test('a status is retained at every gateway', async () => {
  const watching = await RawClient.open(other.port, 'GW-2')
  const subscribe = {
    cmd: 'subscribe' as const,
    messageId: 1,
    subscriptions: [{ topic: topic('EL-there', 'status'), qos: 0 as const }],
  }
  watching.send(subscribe)
  expect(await watching.answers(1)).toEqual(['suback 1'])
  const device = await world.client('EL-there')
  await device.publishAsync(topic('EL-there', 'status'), 'online', { qos: 1, retain: true })
  expect(await watching.next()).toMatchObject({ cmd: 'publish', retain: false, payload: Buffer.from('online') })
  const later = await RawClient.open(other.port, 'GW-1')
  later.send(subscribe)
  expect(await later.answers(1)).toEqual(['suback 1'])
  expect(await later.next()).toMatchObject({ cmd: 'publish', retain: true, payload: Buffer.from('online') })
  await device.endAsync()
  for (const client of [watching, later]) await client.end()
})

test('gateways of one machine share a port, and each gets a part of those who knock', async () => {
  const second = await gatewayProcess(world.nats.url, { MQTT_PORT: String(world.port), SHARE_PORTS: '1' })
  await second.gateway.start()
  const connectionsOf = async (servicePort: number): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${servicePort}/metrics`)).text()
    return Number(/^lifeline_connections (\d+)/m.exec(text)?.[1])
  }
  const clients: RawClient[] = []
  await eventually('both have connections', async () => {
    const client = new RawClient(world.port)
    client.send(Buffer.from([connectByte]))
    clients.push(client)
    const counts = [await connectionsOf(world.servicePort), await connectionsOf(second.servicePort)]
    return counts.every((count) => count > 0) ? counts : undefined
  })
  for (const client of clients) await client.end()
  await second.gateway.stop()
})
