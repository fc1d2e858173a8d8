import { kill } from 'node:process'
import { generate, type Packet } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GatewayWorld } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'
import { storedCounters, storedRecords } from './testing/stored.ts'

let world: GatewayWorld

beforeAll(async () => {
  const lifts = Array.from({ length: 8 }, (_, i) => `EL-${i}`)
  world = await GatewayWorld.start({
    machines: lifts.map((deviceId) => ({ deviceId, kind: 'elevator', siteId: `site-${deviceId}` })),
    gateways: { 'GW-1': ['EL-1', 'EL-2', 'EL-3'] },
  })
})
afterAll(() => world.stop())

const frame = (seq: number) => JSON.stringify({ time: 1_790_000_000_000 + seq, seq, speed: 1 })
const telemetry = (deviceId: string, messageId: number, payload: string | Buffer = frame(messageId)): Packet =>
  publishPacket(`v1/elevator/${deviceId}/telemetry`, payload, messageId)
const ids = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const pubacks = (from: number, to: number): string[] => ids(from, to).map((id) => `puback ${id}`)

describe('a PUBACK', () => {
  test('comes only when JetStream has the frame', async () => {
    const client = await RawClient.open(world.port, 'EL-0')
    const natsPid = world.nats.process.pid ?? 0
    kill(natsPid, 'SIGSTOP')
    client.send(...ids(1, 10).map((id) => telemetry('EL-0', id)))
    // The gateway reads in order: once it answers what came after them, it has taken the frames.
    for (let i = 0; i < 20; i++) expect(await client.ping()).toEqual([])
    kill(natsPid, 'SIGCONT')
    expect(await client.answers(10)).toEqual(pubacks(1, 10))
    const records = await storedRecords(world.bus, 'EL-0', 10)
    expect(records).toMatchObject(ids(1, 10).map((seq) => ({ type: 'frame', siteId: 'site-EL-0', frame: { seq } })))
    await client.end()
  })

  test('keeps its place whatever partition, quarantine or QoS does to the others', async () => {
    const client = await RawClient.open(world.port, 'GW-1')
    const rubbish = 'x'.repeat(200_000)
    client.send(
      telemetry('EL-1', 1),
      telemetry('EL-2', 2),
      telemetry('EL-3', 3, rubbish),
      telemetry('EL-1', 4),
      { ...publishPacket('v1/elevator/EL-2/telemetry', frame(5), 5), qos: 2 } as Packet,
      telemetry('EL-3', 6, ''),
      telemetry('EL-1', 7),
      publishPacket('v1/elevator/EL-1/status', 'online', 8),
      telemetry('EL-2', 9, rubbish),
      telemetry('EL-2', 10),
    )
    const answers = await client.answers(10)
    expect(answers).toEqual([...pubacks(1, 4), 'pubrec 5', ...pubacks(6, 10)])
    await client.end()
  })
})

test('frames sent byte by byte, and in chunks that fit nothing, are all stored', async () => {
  const client = await RawClient.open(world.port, 'EL-4')
  const bytes = Buffer.concat(ids(1, 50).map((id) => generate(telemetry('EL-4', id))))
  const oneByOne = bytes.subarray(0, 1_000)
  for (const byte of oneByOne) client.socket.write(Buffer.from([byte]))
  for (let at = oneByOne.length; at < bytes.length; at += 77) client.socket.write(bytes.subarray(at, at + 77))
  expect(await client.answers(50)).toEqual(pubacks(1, 50))
  const records = await storedRecords(world.bus, 'EL-4', 50)
  expect(records).toMatchObject(ids(1, 50).map((seq) => ({ frame: { seq } })))
  await client.end()
})

test('QoS 0 is stored too, and goes without an answer', async () => {
  const client = await RawClient.open(world.port, 'EL-5')
  client.send(...ids(1, 3).map((id) => publishPacket('v1/elevator/EL-5/telemetry', frame(id), id, 0)))
  client.send({ cmd: 'disconnect' })
  expect(await storedRecords(world.bus, 'EL-5', 3)).toMatchObject(ids(1, 3).map((seq) => ({ frame: { seq } })))
  await client.closed
})

test('a SIGKILL of nats-server under load loses no acknowledged frame and breaks no order', async () => {
  const client = await RawClient.open(world.port, 'EL-6')
  const answers: string[] = []
  let next = 1
  const send = (upTo: number): void => {
    client.send(...ids(next, upTo).map((id) => telemetry('EL-6', id)))
    next = upTo + 1
  }
  send(200)
  let restarted: Promise<void> | undefined
  while (answers.length < 3_000) {
    answers.push(...(await client.answers(1)))
    if (next <= 3_000) send(Math.min(3_000, next))
    if (answers.length === 1_000) {
      restarted = world.nats.process.stop('SIGKILL').then(() => world.nats.process.start())
    }
  }
  await restarted
  expect(answers).toEqual(pubacks(1, 3_000))
  const counters = await storedCounters(world.bus, 'EL-6')
  expect(counters).toEqual(ids(1, 3_000))
  await client.end()
})

test('a SIGKILL of the gateway under load loses no acknowledged frame', async () => {
  const acknowledged: number[] = []
  let next = 1
  const load = async (until: number): Promise<void> => {
    const client = await RawClient.open(world.port, 'EL-7')
    for (;;) {
      const from = next
      next += 20
      client.send(...ids(from, next - 1).map((id) => telemetry('EL-7', id)))
      for (let i = 0; i < 20; i++) {
        const answer = await client.answers(1).catch(() => undefined)
        if (answer === undefined) return
        acknowledged.push(from + i)
        expect(answer).toEqual([`puback ${from + i}`])
        if (acknowledged.length === until) void world.gateway.stop('SIGKILL')
      }
    }
  }
  for (const until of [100, 1_000, 2_500]) {
    await load(until)
    await world.gateway.start()
  }
  const stored = new Set(await storedCounters(world.bus, 'EL-7'))
  expect(acknowledged.filter((seq) => !stored.has(seq))).toEqual([])
  expect(acknowledged.length).toBeGreaterThanOrEqual(2_500)
}, 120_000)
