import { type Bus, connectBus, GroupCommit, openBucket, openStreams } from '@lifeline/bus'
import {
  buckets,
  type IncidentEvent,
  type LogRecord,
  type Presence,
  partitionOf,
  presenceSubject,
  shadowKey,
  streams,
  telemetrySubject,
} from '@lifeline/contracts'
import {
  eventually,
  type ServiceProcess,
  serviceProcess,
  startNatsServer,
  type TestServer,
} from '@lifeline/test-support'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { entrapment, frame, lift, siteId, start, stuck } from './testing/entrapment.ts'

const partitions = 2
const partition = partitionOf(siteId, partitions)

let nats: TestServer
let bus: Bus
let engine: ServiceProcess
let commit: GroupCommit
let otherCommit: GroupCommit

beforeEach(async () => {
  nats = await startNatsServer()
  bus = await connectBus(nats.url, 'test', () => undefined)
  await openStreams(bus.connection, partitions)
  commit = new GroupCommit(bus.connection, telemetrySubject(partition), 'test', () => undefined)
  otherCommit = new GroupCommit(bus.connection, telemetrySubject(1 - partition), 'other', () => undefined)
  engine = await serviceProcess('engine', {
    NATS_URL: nats.url,
    PARTITIONS: String(partitions),
    SNAPSHOT_SECONDS: '0.2',
    ENGINE_NAME: 'engine',
    STALLED_SECONDS: '3',
  })
  await engine.process.start()
})

afterEach(async () => {
  await engine.process.stop('SIGKILL')
  await bus.connection.close()
  await nats.remove()
})

const write = (record: LogRecord) => new Promise<void>((done) => commit.add(JSON.stringify(record), done))

/** Writes a lift's registration and an entrapment of 31 s. */
async function entrap(deviceId: string): Promise<void> {
  for (const record of entrapment(deviceId)) await write(record)
}

/** The first `count` events of INCIDENTS, waiting for them. */
async function incidents(count: number): Promise<IncidentEvent[]> {
  const consumer = await bus.connection.jetstream().consumers.get(streams.incidents)
  const messages = await consumer.consume()
  const seen: IncidentEvent[] = []
  for await (const message of messages) if (seen.push(message.json<IncidentEvent>()) === count) break
  return seen
}

const storedIncidents = async (): Promise<number> =>
  (await (await bus.connection.jetstreamManager()).streams.info(streams.incidents)).state.messages

test('an entrapment in the log becomes one incident on NATS, its id the message’s', async () => {
  await entrap('lift-1')
  const [event] = await incidents(1)
  expect(event).toMatchObject({ specversion: '1.0', type: 'incident.opened', subject: 'lift-1' })
  const stored = await (await bus.connection.jetstreamManager()).streams.getMessage(streams.incidents, { seq: 1 })
  expect(stored.subject).toBe('incident.elevator.entrapment.lift-1')
  expect(stored.header.get('Nats-Msg-Id')).toBe(event?.id)
})

test('an engine killed in the middle of a wait goes on waiting, and tells nothing twice', async () => {
  await entrap('lift-1')
  await incidents(1)
  await write(lift('lift-2'))
  for (let second = 0; second <= 15; second++) await write(frame('lift-2', second, stuck))
  await engine.process.stop('SIGKILL')
  for (let second = 16; second <= 31; second++) await write(frame('lift-2', second, stuck))
  await engine.process.start()
  const told = await incidents(2)
  expect(told.map(({ subject }) => subject)).toEqual(['lift-1', 'lift-2'])
  expect(told[1]?.data.openedAt).toBe(start + 30_000)

  await engine.process.stop('SIGTERM')
  await engine.process.start()
  await entrap('lift-3')
  await incidents(3)
  expect(await storedIncidents()).toBe(3)
})

test('it says which devices are heard', async () => {
  await write(lift('lift-1'))
  await write(lift('lift-2'))
  await entrap('lift-3')
  await write(frame('lift-1', 35, { speed: 0 }))
  await write(lift('lift-4'))
  await entrap('lift-5')
  await incidents(2)
  const reply = await bus.connection.request(presenceSubject(partition), JSON.stringify(['lift-1', 'lift-2', 'lift-9']))
  expect(reply.json<Record<string, Presence>>()).toEqual({
    'lift-1': { online: true, lastSeenAt: start + 35_000, lastFrameAt: start + 35_000 },
    'lift-2': { online: false },
  })
})

test('an engine that NATS leaves and comes back to goes on', async () => {
  await entrap('lift-1')
  await incidents(1)
  await nats.process.stop('SIGKILL')
  await nats.process.start()
  await entrap('lift-2')
  expect((await incidents(2)).map(({ subject }) => subject)).toEqual(['lift-1', 'lift-2'])
})

test('a log that stands still makes it unhealthy, and mutes nothing', async () => {
  const answer = async () => {
    const response = await fetch(`${engine.url}/healthz`)
    return { ok: response.ok, body: await response.text() }
  }
  await entrap('lift-1')
  const stalled = await eventually('unhealthy', async () => {
    const { ok, body } = await answer()
    return ok ? undefined : body
  })
  expect(stalled).toContain('nothing comes from partition')
  expect((await incidents(1)).map(({ subject }) => subject)).toEqual(['lift-1'])
  const ticking = setInterval(() => {
    for (let i = 0; i < partitions; i++) {
      const other = i === partition ? commit : otherCommit
      other.add(JSON.stringify({ type: 'tick', receivedAt: Date.now() }), () => undefined)
    }
  }, 200)
  await eventually('healthy again', async () => ((await answer()).ok ? true : undefined))
  clearInterval(ticking)
})

test('a candidate is tried in shadow: its incidents are counted and told beside, and page nobody', async () => {
  const bucket = await openBucket(bus, buckets.shadow)
  await bucket.put(shadowKey, JSON.stringify({ elevator: { entrapment: { outsideZoneSeconds: 20 } } }))
  const differing = bus.connection.subscribe('shadow.>', { max: 1 })
  await bus.connection.flush()
  const counted = async () => (await (await fetch(`${engine.url}/metrics`)).text()).includes('seen_by="candidate"} 1')
  // The trial begins with the next message after the bucket is read: until then nothing differs.
  await eventually('a difference', async () => {
    await write(lift('lift-1'))
    for (let second = 0; second <= 24; second++) await write(frame('lift-1', second, stuck))
    for (let second = 25; second <= 40; second++) await write(frame('lift-1', second, { ...stuck, speed: 1 }))
    return (await counted()) ? true : undefined
  })
  for await (const message of differing) {
    expect(message.json()).toMatchObject({ seenBy: 'candidate', incident: { rule: 'entrapment', deviceId: 'lift-1' } })
  }
  expect(await storedIncidents()).toBe(0)
  await bucket.put(shadowKey, JSON.stringify({ elevator: { entrapment: { outsideZoneSeconds: 25 } } }))
  await eventually('what the one before found is not counted', async () => ((await counted()) ? undefined : true))
})
