import { type Bus, connectBus, GroupCommit, type Lease, openSnapshotStore, openStreams } from '@lifeline/bus'
import { type IncidentEvent, streams, telemetrySubject } from '@lifeline/contracts'
import { eventually, startNatsServer, type TestServer } from '@lifeline/test-support'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PartitionRunner } from './partition-runner.ts'
import { PartitionSnapshots } from './partition-snapshots.ts'
import { entrapment } from './testing/entrapment.ts'

let nats: TestServer
let bus: Bus

beforeEach(async () => {
  nats = await startNatsServer()
  bus = await connectBus(nats.url, 'test', () => undefined)
  await openStreams(bus.connection, 1)
})

afterEach(async () => {
  await bus.connection.close()
  await nats.remove()
})

/** A lease that is never refused: what a broken fence would give to two engines at once. */
function unfenced(tenure: string): Lease & { note: string | undefined } {
  const lease = {
    item: 0,
    tenure,
    note: undefined as string | undefined,
    before: undefined,
    lost: new AbortController().signal,
    isSure: true,
    sure: async () => undefined,
    record: async (note: string) => {
      lease.note = note
    },
  }
  return lease
}

async function runner(tenure: string) {
  let folded = 0
  const seen: IncidentEvent[] = []
  const options = {
    bus,
    lease: unfenced(tenure),
    snapshots: await openSnapshotStore(bus),
    snapshotEveryMs: 50,
    onIncidents: (events: readonly IncidentEvent[]) => seen.push(...events),
    onShadow: () => undefined,
    onRetry: () => undefined,
    onProgress: (records: number) => {
      folded += records
    },
  }
  const run = new PartitionRunner(options)
  await run.start()
  return { seen, folded: () => folded, stop: () => run.stop() }
}

test('two engines that both believe they hold a partition tell each incident once', async () => {
  const engines = [await runner('a'), await runner('b')]
  const commit = new GroupCommit(bus.connection, telemetrySubject(0), 'test', () => undefined)
  const records = ['lift-1', 'lift-2', 'lift-3'].flatMap((deviceId) => entrapment(deviceId))
  await Promise.all(records.map((record) => new Promise<void>((done) => commit.add(JSON.stringify(record), done))))
  await eventually('both have read all', async () =>
    engines.every(({ folded }) => folded() === records.length) ? true : undefined,
  )
  await Promise.all(engines.map(({ stop }) => stop()))
  const [first, second] = engines.map(({ seen }) => seen.map(({ id }) => id))
  expect(first).toHaveLength(3)
  expect(second).toEqual(first)
  const { state } = await (await bus.connection.jetstreamManager()).streams.info(streams.incidents)
  expect(state.messages).toBe(3)
})

test('a snapshot that counts is never written over, and the next holder removes what the one before left', async () => {
  const store = await openSnapshotStore(bus)
  const lease = unfenced('a')
  const snapshots = new PartitionSnapshots(store, lease)
  const notes: (string | undefined)[] = []
  for (let sequence = 1; sequence <= 3; sequence++) {
    await snapshots.save(sequence, ['fo', 'ld'])
    notes.push(lease.note)
  }
  expect(notes).toEqual(['partition-0.a.0', 'partition-0.a.1', 'partition-0.a.0'])

  const next = { ...unfenced('b'), note: lease.note, before: 'a' }
  const inherited = new PartitionSnapshots(store, next)
  expect(await inherited.load()).toEqual({ sequence: 3, fold: 'fold' })
  await inherited.save(4, [])
  expect(await store.load('partition-0.a.0')).toBeUndefined()
  expect(await store.load('partition-0.a.1')).toBeUndefined()
  expect(await store.load('partition-0.b.0')).toBeDefined()
})
