import { type Bus, connectBus, durableConsumer, GroupCommit, openStreams, readMessages } from '@lifeline/bus'
import {
  type ElevatorFrame,
  type FrameRecord,
  type QuarantineRecord,
  streams,
  telemetrySubject,
} from '@lifeline/contracts'
import { InfluxConnection, LineWriter } from '@lifeline/history'
import { startInfluxServer, startNatsServer, type TestServer } from '@lifeline/test-support'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RecordCounts } from './decode-message.ts'
import { consumerName, Historian } from './historian.ts'

const start = Date.now()
const ackWaitMs = 2_000
const patient = { timeout: 25_000 }
vi.setConfig({ testTimeout: 60_000 })

let nats: TestServer
let database: TestServer
let bus: Bus
let influx: InfluxConnection
let historian: Historian
let commit: GroupCommit
let ending: AbortController
let settled: RecordCounts & { unstorable: number }

beforeEach(async () => {
  nats = await startNatsServer()
  database = await startInfluxServer()
  bus = await connectBus(nats.url, 'test', () => undefined)
  await openStreams(bus.connection, 1)
  commit = new GroupCommit(bus.connection, telemetrySubject(0), 'test', () => undefined)
  influx = new InfluxConnection({ url: database.url, database: 'lifeline' })
  ending = new AbortController()
  await influx.open(ending.signal)
  settled = { frame: 0, event: 0, status: 0, unstorable: 0 }
  historian = new Historian({
    bus,
    writer: new LineWriter(influx, { report: () => undefined, answered: () => undefined }),
    onSettled: (counts, unstorable) => {
      settled.frame += counts.frame
      settled.event += counts.event
      settled.status += counts.status
      settled.unstorable += unstorable
    },
    onQuarantined: () => undefined,
    onRetry: () => undefined,
    ackWaitMs,
  })
})

afterEach(async () => {
  ending.abort()
  await historian.stop()
  await bus.connection.close()
  await database.remove()
  await nats.remove()
})

const frame = (seq: number, kind: 'elevator' | 'hoist' = 'elevator'): FrameRecord => ({
  type: 'frame',
  kind,
  deviceId: `${kind}-${seq % 20}`,
  siteId: 'site-1',
  receivedAt: start + seq,
  frame: { time: start + Math.floor(seq / 40), seq, speed: seq / 100 },
})

const append = (records: readonly unknown[]): Promise<unknown> =>
  Promise.all(records.map((record) => new Promise<void>((done) => commit.add(JSON.stringify(record), done))))

const frames = (count: number, first = 0): FrameRecord[] => Array.from({ length: count }, (_, i) => frame(first + i))

async function storedSeqs(kind = 'elevator'): Promise<number[]> {
  const rows = await influx.query(`SELECT "seq" FROM "${kind}"`, ending.signal)
  return rows.map(([, seq]) => seq as number).toSorted((a, b) => a - b)
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
const until = (settledFrames: number): Promise<void> =>
  vi.waitUntil(() => settled.frame + settled.unstorable >= settledFrames, patient).then(() => undefined)

async function consumerInfo() {
  const manager = await bus.connection.jetstreamManager()
  return manager.consumers.info(streams.telemetry, consumerName)
}

/** Resolves when JetStream has delivered a message a second time to a reader that says nothing about it. */
async function aSilentReaderIsServedTwice(): Promise<void> {
  const options = { stream: streams.telemetry, name: 'silent', ackWaitMs, maxAckPending: 1 }
  const messages = readMessages(bus, () => durableConsumer(bus, options), { maxMessages: 1, signal: ending.signal })
  for await (const message of messages) if (message.redelivered) break
}

async function quarantined(count: number): Promise<QuarantineRecord[]> {
  const options = { stream: streams.quarantine, name: 'reader', ackWaitMs: 10_000, maxAckPending: 100_000 }
  const messages = readMessages(bus, () => durableConsumer(bus, options), { maxMessages: 1_000, signal: ending.signal })
  const records: QuarantineRecord[] = []
  for await (const message of messages) {
    records.push(message.json<QuarantineRecord>())
    message.ack()
    if (records.length >= count) break
  }
  return records
}

test('what is in the log is in InfluxDB, each frame once, and acknowledged', async () => {
  historian.start()
  await append(frames(5_000))
  await until(5_000)
  expect(await storedSeqs()).toEqual(upTo(5_000))
  await vi.waitUntil(async () => (await consumerInfo()).num_ack_pending === 0, patient)
  expect((await consumerInfo()).num_pending).toBe(0)
  expect(settled).toEqual({ frame: 5_000, event: 0, status: 0, unstorable: 0 })
})

test('while InfluxDB is away messages are held without being delivered again, and stored when it is back', async () => {
  historian.start()
  await append(frames(100))
  await until(100)
  await database.process.stop('SIGKILL')
  await append(frames(9_900, 100))
  await aSilentReaderIsServedTwice()
  const { num_redelivered, num_ack_pending } = await consumerInfo()
  expect(num_ack_pending).toBeGreaterThan(0)
  expect(num_redelivered).toBe(0)
  expect(historian.recordsInHand).toBe(9_900)
  await database.process.start()
  await until(10_000)
  expect(await storedSeqs()).toEqual(upTo(10_000))
  expect(settled.frame).toBe(10_000)
})

test('after nats-server was killed in the middle nothing is missing, doubled or counted twice', async () => {
  historian.start()
  const first = append(frames(3_000))
  await until(1)
  await nats.process.stop('SIGKILL')
  const second = append(frames(3_000, 3_000))
  await nats.process.start()
  await Promise.all([first, second])
  await until(6_000)
  await vi.waitUntil(async () => (await consumerInfo()).num_ack_pending === 0, patient)
  expect(await storedSeqs()).toEqual(upTo(6_000))
  expect(settled.frame).toBe(6_000)
})

test('a message whose acknowledgement was lost with the server is acknowledged again and not counted again', async () => {
  await database.process.stop('SIGKILL')
  historian.start()
  await append(frames(500))
  await vi.waitUntil(() => historian.recordsInHand === 500, patient)
  process.kill(nats.process.pid as number, 'SIGSTOP')
  await database.process.start()
  await until(500)
  await nats.process.stop('SIGKILL')
  await nats.process.start()
  await append([frame(500)])
  await until(501)
  await vi.waitUntil(async () => (await consumerInfo()).num_ack_pending === 0, patient)
  expect((await consumerInfo()).ack_floor.stream_seq).toBeGreaterThan(1)
  expect(settled.frame).toBe(501)
})

test('what a stopped historian held goes at once to the next one', async () => {
  await database.process.stop('SIGKILL')
  historian.start()
  await append(frames(500))
  await vi.waitUntil(() => historian.recordsInHand === 500, patient)
  await historian.stop()
  await database.process.start()
  const counted = vi.fn()
  const next = new Historian({
    bus,
    writer: new LineWriter(influx, { report: () => undefined, answered: () => undefined }),
    onSettled: counted,
    onQuarantined: () => undefined,
    onRetry: () => undefined,
    ackWaitMs: 3_600_000,
  })
  next.start()
  await vi.waitUntil(async () => (await storedSeqs()).length === 500, patient)
  await next.stop()
})

test('a value whose type InfluxDB refuses goes to QUARANTINE with its words, and the stream goes on', async () => {
  await influx.write(`elevator,device=x speed="x" ${start}000000`, ending.signal)
  historian.start()
  await append([...frames(50), ...upTo(50).map((seq) => frame(seq, 'hoist'))])
  const records = await quarantined(50)
  await append(upTo(50).map((seq) => frame(50 + seq, 'hoist')))
  await until(150)
  expect(await storedSeqs('hoist')).toEqual(upTo(100))
  expect(settled).toMatchObject({ frame: 100, unstorable: 50 })
  expect(records.map(({ deviceId }) => deviceId).toSorted()).toEqual(
    frames(50)
      .map(({ deviceId }) => deviceId)
      .toSorted(),
  )
  for (const record of records) {
    expect(record).toMatchObject({ source: 'historian', kind: 'elevator', topic: 'telemetry.0' })
    expect(record.reason).toMatch(/field type conflict: input field "speed" on measurement "elevator" is type float/)
    const { frame } = JSON.parse(Buffer.from(record.payload, 'base64').toString()) as { frame: ElevatorFrame }
    expect(frame.speed).toBe((frame.seq ?? 0) / 100)
  }
})

test('a message that cannot be read goes to QUARANTINE and blocks nothing', async () => {
  const jetstream = bus.connection.jetstream()
  const bad = { ...frame(1), frame: { time: start, speed: 'fast' } }
  await jetstream.publish(telemetrySubject(0), 'nonsense')
  await jetstream.publish(telemetrySubject(0), JSON.stringify([frame(0), bad]))
  historian.start()
  await append([frame(2)])
  await until(4)
  expect(await storedSeqs()).toEqual([0, 2])
  expect(settled).toMatchObject({ frame: 2, unstorable: 2 })
  const [whole, one] = await quarantined(2)
  expect(whole).toMatchObject({ source: 'historian', kind: 'unknown', deviceId: 'unknown', excerpt: 'nonsense' })
  expect(one).toMatchObject({ kind: 'elevator', deviceId: 'elevator-1', reason: 'speed is not a number' })
  await vi.waitUntil(async () => (await consumerInfo()).num_ack_pending === 0, patient)
})
