import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GatewayWorld } from './testing/gateway-world.ts'
import { connectPacket, publishPacket, RawClient } from './testing/raw-client.ts'

let world: GatewayWorld

beforeAll(async () => {
  const devices = ['EL-1', 'EL-2', 'EL-3', 'EL-4', 'EL-5']
  world = await GatewayWorld.start({
    machines: devices.map((deviceId) => ({ deviceId, kind: 'elevator', siteId: 'a' })),
    env: {
      MAX_CONNECTIONS: '6',
      MAX_CONNECTIONS_PER_ADDRESS: '4',
      MAX_SUBSCRIPTIONS: '2',
      MAX_PUBLISHES_PER_SECOND: '500',
      MAX_INFLIGHT: '5',
      MAX_SILENCE_SECONDS: '2',
      CONNECT_SECONDS: '3',
    },
  })
})
afterAll(() => world.stop())

const refused = async (reason: string): Promise<number> =>
  (await world.metrics()).get(`lifeline_connections_refused_total{reason="${reason}"}`) ?? 0
/** A socket from an address of the loopback network, and whether it is still open when the gateway has seen it. */
const from = (address: string) => {
  const socket = connect({ port: world.port, host: '127.0.0.1', localAddress: address })
  socket.on('error', () => undefined)
  return { socket, closed: new Promise((resolve) => socket.once('close', resolve)) }
}

test('so many connections are taken from one address, and so many in all; who says nothing makes room again', async () => {
  const first = Array.from({ length: 4 }, () => from('127.0.0.2'))
  await Promise.all(first.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))))
  await from('127.0.0.2').closed
  expect(await refused('too_many_from_address')).toBe(1)
  const others = [from('127.0.0.3'), from('127.0.0.4')]
  await Promise.all(others.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))))
  await from('127.0.0.5').closed
  expect(await refused('too_many_connections')).toBe(1)
  await Promise.all([...first, ...others].map(({ closed }) => closed))
  expect(await refused('connect_timeout')).toBe(6)
  const client = await RawClient.open(world.port, 'EL-1')
  await client.end()
})

test('guesses are answered ever later, and the right secret from elsewhere at once', async () => {
  const guess = async (): Promise<number> => {
    const startedAt = performance.now()
    const client = new RawClient(world.port)
    client.send(connectPacket('EL-2', { password: Buffer.from('guess') }))
    expect(await client.next()).toMatchObject({ cmd: 'connack', returnCode: 5 })
    await client.closed
    return performance.now() - startedAt
  }
  for (let i = 0; i < 6; i++) await guess()
  // The seventh is the fourth that waits: 800 ms.
  expect(await guess()).toBeGreaterThan(750)
})

test('a client has so many subscriptions; further ones are refused with 0x80', async () => {
  const client = await RawClient.open(world.port, 'EL-1')
  const subscribe = (...topics: string[]) => ({
    cmd: 'subscribe' as const,
    messageId: 1,
    subscriptions: topics.map((it) => ({ topic: `v1/elevator/EL-1/${it}`, qos: 0 as const })),
  })
  client.send(subscribe('error'))
  expect(await client.next()).toMatchObject({ granted: [0] })
  client.send(subscribe('command'))
  expect(await client.next()).toMatchObject({ granted: [0] })
  client.send(subscribe('#'))
  expect(await client.next()).toMatchObject({ granted: [0x80] })
  client.send(subscribe('error'))
  expect(await client.next()).toMatchObject({ granted: [0] })
  client.send(subscribe('error', '#', 'command', 'error'))
  expect(await client.next()).toMatchObject({ messageId: 1, granted: [0, 0x80, 0, 0] })
  await client.end()
})

test('who answers none of what is sent down to it is cut once so many wait', async () => {
  const client = await RawClient.open(world.port, 'EL-5')
  const topic = 'v1/elevator/EL-5/error'
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] })
  expect(await client.next()).toMatchObject({ granted: [1] })
  // Each is told of at QoS 1.
  for (let id = 1; id <= 6; id++) client.send(publishPacket('v1/elevator/EL-5/telemetry', 'rubbish', id))
  await client.closed
  expect(await refused('inflight')).toBe(1)
})

test('who sends too fast is read later, and all of it is taken', async () => {
  const client = await RawClient.open(world.port, 'EL-3', { keepalive: 60 })
  const startedAt = performance.now()
  for (let id = 1; id <= 2_000; id++) {
    client.send(publishPacket('v1/elevator/EL-3/telemetry', `{"time":1790000000000,"seq":${id}}`, id))
  }
  expect(await client.answers(2_000)).toHaveLength(2_000)
  // 500 at once, and 500 a second; what came in one read is not taken back.
  expect(performance.now() - startedAt).toBeGreaterThan(1_000)
  await client.end()
})

test('a device that connects anew has no new credit', async () => {
  const startedAt = performance.now()
  const send = async (client: RawClient, from: number, to: number): Promise<void> => {
    for (let id = from; id <= to; id++) {
      client.send(publishPacket('v1/elevator/EL-4/telemetry', `{"time":1790000000000,"seq":${id}}`, id))
    }
    expect(await client.answers(to - from + 1)).toHaveLength(to - from + 1)
  }
  const first = await RawClient.open(world.port, 'EL-4')
  await send(first, 1, 700)
  await first.end()
  const second = await RawClient.open(world.port, 'EL-4')
  await send(second, 701, 1_400)
  await send(second, 1_401, 1_401)
  // The 1,401st is read when the others are paid for: 500 at once, and 500 a second.
  expect(performance.now() - startedAt).toBeGreaterThan(1_700)
  await second.end()
})

test('who wants no keep-alive is cut after so long a silence', async () => {
  const client = await RawClient.open(world.port, 'EL-1', { keepalive: 0 })
  await client.closed
  expect(await refused('keep_alive')).toBe(1)
})
