import { randomBytes } from 'node:crypto'
import { snapshotStore, streams, telemetrySubject } from '@lifeline/contracts'
import { startNatsServer, type TestServer } from '@lifeline/test-support'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mirrorBucket, openBucket } from './bucket.ts'
import { type Bus, connectBus } from './connect-bus.ts'
import { durableConsumer } from './durable-consumer.ts'
import { GroupCommit } from './group-commit.ts'
import { readLog } from './read-log.ts'
import { readMessages } from './read-messages.ts'
import { openSnapshotStore, SnapshotLostError } from './snapshot-store.ts'
import { openStreams, StreamMismatchError } from './streams.ts'

let server: TestServer
let bus: Bus
let ending: AbortController

beforeEach(async () => {
  server = await startNatsServer()
  bus = await connectBus(server.url, 'test', () => undefined)
  await openStreams(bus.connection, 2)
  ending = new AbortController()
})

afterEach(async () => {
  ending.abort()
  await bus.connection.close()
  await server.remove()
})

const tick = (receivedAt: number): string => JSON.stringify({ type: 'tick', receivedAt })
const committed = (commit: GroupCommit, record: string) => new Promise<void>((done) => commit.add(record, done))
const newCommit = (writer: string) => new GroupCommit(bus.connection, telemetrySubject(0), writer, () => undefined)

async function killAndRestart(): Promise<void> {
  await server.process.stop('SIGKILL')
  await server.process.start()
}

/** The first `count` ticks of partition 0. */
async function ticks(count: number): Promise<number[]> {
  const seen: number[] = []
  for await (const { records } of readLog(bus, 0, 1, ending.signal)) {
    seen.push(...records.map(({ receivedAt }) => receivedAt))
    if (seen.length >= count) break
  }
  return seen
}

test('records added together are stored in their order and acknowledged in it', async () => {
  const commit = newCommit('w')
  const done: number[] = []
  await Promise.all(
    Array.from({ length: 3_000 }, async (_, i) => {
      await committed(commit, tick(i))
      done.push(i)
    }),
  )
  const expected = Array.from({ length: 3_000 }, (_, i) => i)
  expect(done).toEqual(expected)
  expect(await ticks(3_000)).toEqual(expected)
  expect(commit.pendingBytes).toBe(0)
})

test('a SIGKILL of the server between records loses none and doubles none', async () => {
  const commit = newCommit('w')
  const all = Array.from({ length: 200 }, (_, i) => committed(commit, tick(i)))
  const restarted = killAndRestart()
  all.push(...Array.from({ length: 200 }, (_, i) => committed(commit, tick(200 + i))))
  await Promise.all([restarted, ...all])
  await committed(commit, tick(400))
  expect(await ticks(401)).toEqual(Array.from({ length: 401 }, (_, i) => i))
})

test('a reader of the log goes on after the server was killed, without a gap or a repetition', async () => {
  const commit = newCommit('w')
  await committed(commit, tick(0))
  const seen: number[] = []
  for await (const { records } of readLog(bus, 0, 1, ending.signal)) {
    seen.push(...records.map(({ receivedAt }) => receivedAt))
    if (seen.length === 1) {
      await killAndRestart()
      void committed(commit, tick(1))
    }
    if (seen.length === 2) break
  }
  expect(seen).toEqual([0, 1])
})

test('a durable consumer is given again what it had not acknowledged when the server was killed', async () => {
  const commit = newCommit('w')
  await committed(commit, tick(0))
  await committed(commit, tick(1))
  const options = { stream: streams.telemetry, name: 'reader', ackWaitMs: 1_000, maxAckPending: 10 }
  const open = () => durableConsumer(bus, options)
  const seen: number[] = []
  for await (const message of readMessages(bus, open, { maxMessages: 10, signal: ending.signal })) {
    const sequence = message.seq
    seen.push(sequence)
    if (seen.length === 1) await message.ackAck()
    if (seen.length === 2) await killAndRestart()
    if (seen.length > 2 && sequence === 2) break
  }
  expect(seen.slice(0, 2)).toEqual([1, 2])
  expect(seen.at(-1)).toBe(2)
})

test('a reader of a long backlog of large messages is not cut off by the server', async () => {
  const large = Buffer.from(JSON.stringify({ type: 'tick', receivedAt: 1, padding: 'x'.repeat(380_000) }))
  const count = 300
  const commit = newCommit('w')
  await Promise.all(Array.from({ length: count }, () => new Promise<void>((done) => commit.add(large, done))))
  let cut = 0
  bus.onReconnect(() => cut++)
  let read = 0
  for await (const { records } of readLog(bus, 0, 1, ending.signal)) {
    read += records.length
    if (read === count) break
  }
  expect(cut).toBe(0)
})

test('a reader that is told to end while it opens its consumer ends', async () => {
  const options = { stream: streams.telemetry, name: 'ending', ackWaitMs: 1_000, maxAckPending: 10 }
  const open = async () => {
    const consumer = await durableConsumer(bus, options)
    ending.abort()
    return consumer
  }
  for await (const _ of readMessages(bus, open, { maxMessages: 10, signal: ending.signal })) expect.unreachable()
})

test('a mirror of a bucket hears what changed while the server was down and up again', async () => {
  const bucket = await openBucket(bus, 'things')
  await bucket.put('a', JSON.stringify(1))
  const mirror = new Map<string, number>()
  let changed: () => void = () => undefined
  const apply = (key: string, value: number | undefined): void => {
    if (value === undefined) mirror.delete(key)
    else mirror.set(key, value)
    changed()
  }
  await mirrorBucket(bus, 'things', apply, ending.signal)
  expect(mirror).toEqual(new Map([['a', 1]]))
  await killAndRestart()
  const heard = new Promise<void>((resolve) => {
    changed = () => {
      if (mirror.get('b') === 2 && !mirror.has('a')) resolve()
    }
  })
  const other = await connectBus(server.url, 'other', () => undefined)
  const again = await openBucket(other, 'things')
  await again.put('b', JSON.stringify(2))
  await again.delete('a')
  await other.close()
  await heard
})

test('a snapshot larger than a message is loaded as it was saved, the newest one', async () => {
  const store = await openSnapshotStore(bus)
  expect(await store.load('engine.0')).toBeUndefined()
  await store.save('engine.0', new Uint8Array(10))
  const bytes = new Uint8Array(3_000_000).map((_, i) => i % 251)
  await store.save('engine.0', bytes)
  expect(Buffer.compare((await store.load('engine.0')) ?? new Uint8Array(), bytes)).toBe(0)
})

test('a snapshot whose bytes are gone or spoilt is told so, not waited for', async () => {
  const store = await openSnapshotStore(bus)
  await store.save('engine.0', randomBytes(300_000))
  const manager = await bus.connection.jetstreamManager()
  const stream = `OBJ_${snapshotStore}`
  const { state } = await manager.streams.info(stream)
  const { subject, data } = await manager.streams.getMessage(stream, { seq: state.first_seq + 1 })
  await manager.streams.deleteMessage(stream, state.first_seq + 1)
  await expect(store.load('engine.0')).rejects.toThrow(SnapshotLostError)
  // As many parts as before, in another order.
  await bus.connection.jetstream().publish(subject, data)
  await expect(store.load('engine.0')).rejects.toThrow(SnapshotLostError)
  await manager.streams.purge(stream, { filter: `$O.${snapshotStore}.C.>` })
  await expect(store.load('engine.0')).rejects.toThrow(SnapshotLostError)
})

test('another number of partitions than the log was made with is refused by name', async () => {
  await expect(openStreams(bus.connection, 3)).rejects.toThrow(StreamMismatchError)
  await expect(openStreams(bus.connection, 3)).rejects.toThrow('PARTITIONS is 3')
})
