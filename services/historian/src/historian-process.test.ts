import { type Bus, connectBus, GroupCommit, openBucket, openStreams } from '@lifeline/bus'
import { buckets, type FrameRecord, partitionOf, type SessionUser, telemetrySubject } from '@lifeline/contracts'
import { InfluxConnection } from '@lifeline/history'
import { signSession } from '@lifeline/service-kit'
import {
  eventually,
  type ServiceProcess,
  serviceProcess,
  startInfluxServer,
  startNatsServer,
  type TestServer,
} from '@lifeline/test-support'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'

const secret = 'a secret of at least thirty-two characters'
const partitions = 2
const start = Date.now() - 60_000
const { signal } = new AbortController()
vi.setConfig({ testTimeout: 180_000 })

let nats: TestServer
let database: TestServer
let bus: Bus
let historian: ServiceProcess
let influx: InfluxConnection
let commits: GroupCommit[]

beforeEach(async () => {
  nats = await startNatsServer()
  database = await startInfluxServer()
  bus = await connectBus(nats.url, 'test', () => undefined)
  await openStreams(bus.connection, partitions)
  const bucket = await openBucket(bus, buckets.equipment)
  await bucket.put('lift-1', JSON.stringify({ deviceId: 'lift-1', kind: 'elevator', maintenanceUnit: 'unit-1' }))
  commits = Array.from(
    { length: partitions },
    (_, partition) =>
      new GroupCommit(bus.connection, telemetrySubject(partition), `test-${partition}`, () => undefined),
  )
  influx = new InfluxConnection({ url: database.url, database: 'lifeline' })
  historian = await newHistorian()
  await historian.process.start()
})

afterEach(async () => {
  await historian.process.stop('SIGKILL')
  await bus.connection.close()
  await database.remove()
  await nats.remove()
})

const newHistorian = (): Promise<ServiceProcess> =>
  serviceProcess('historian', {
    NATS_URL: nats.url,
    INFLUX_URL: database.url,
    SESSION_SECRET: secret,
    PARTITIONS: String(partitions),
    LOG_LEVEL: 'warn',
  })

const frame = (seq: number): FrameRecord => ({
  type: 'frame',
  kind: 'elevator',
  deviceId: `lift-${seq % 50}`,
  siteId: `site-${seq % 5}`,
  receivedAt: start + seq,
  frame: { time: start + Math.floor(seq / 100), seq, speed: (seq % 30) / 10, load: 300, door: 'closed' },
})

function append(record: FrameRecord): Promise<void> {
  const commit = commits[partitionOf(record.siteId, partitions)] as GroupCommit
  return new Promise((done) => commit.add(JSON.stringify(record), done))
}

/** 2,000 frames a second until it is stopped; says how many then, all of them in the log. */
function startLoad(firstSeq = 0): () => Promise<number> {
  const committed: Promise<void>[] = []
  const timer = setInterval(() => {
    for (let i = 0; i < 40; i++) committed.push(append(frame(firstSeq + committed.length)))
  }, 20)
  return async () => {
    clearInterval(timer)
    await Promise.all(committed)
    return committed.length
  }
}

async function storedSeqs(): Promise<number[]> {
  const rows = await influx.query('SELECT "seq" FROM "elevator"', signal)
  return rows.map(([, seq]) => seq as number)
}

const count = async (): Promise<number> => {
  const rows = await influx.query('SELECT count("seq") FROM "elevator"', signal)
  return (rows[0]?.[1] as number | undefined) ?? 0
}

/** Resolves when more is stored than there is now. */
async function flows(): Promise<void> {
  const before = await eventually('an answer of InfluxDB', count)
  await eventually('frames are being stored', async () => ((await count()) > before ? true : undefined))
}

async function metric(name: string, of = historian): Promise<number> {
  const text = await (await fetch(`${of.url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

const health = async () => {
  const answer = await fetch(`${historian.url}/healthz`)
  return { status: answer.status, reasons: ((await answer.json()) as { reasons: string[] }).reasons }
}

test('historian, influxd and nats-server killed in turn under 2,000 frames/s: none missing, none doubled', async () => {
  const stopLoad = startLoad()
  for (const victim of [historian.process, database.process, nats.process, historian.process]) {
    await flows()
    await victim.stop('SIGKILL')
    await victim.start()
  }
  await flows()
  const total = await stopLoad()
  await eventually('all are stored', async () => ((await count()) >= total ? true : undefined), { withinMs: 60_000 })
  const stored = await storedSeqs()
  expect(new Set(stored).size).toBe(total)
  expect(stored).toHaveLength(total)
  await eventually('nothing is pending', async () =>
    (await metric('lifeline_frames_pending')) === 0 ? true : undefined,
  )
})

test('two share the log and account for it together; one killed under load leaves nothing behind and doubles nothing', async () => {
  const second = await newHistorian()
  await second.process.start()
  onTestFinished(() => second.process.stop('SIGKILL'))
  const both = [historian, second]
  const stored = () => Promise.all(both.map((one) => metric('lifeline_frames_stored_total', one)))
  // Pending is the log's, the same at each: counted once. It is exact when nothing is left.
  const pending = async () =>
    Math.max(...(await Promise.all(both.map((one) => metric('lifeline_frames_pending', one)))))

  const stopLoad = startLoad()
  await eventually('both store', async () => ((await stored()).every((count) => count > 0) ? true : undefined))
  const first = await stopLoad()
  await eventually('nothing is pending', async () => ((await pending()) === 0 ? true : undefined), { withinMs: 60_000 })
  expect((await stored()).reduce((sum, count) => sum + count)).toBe(first)

  const stopMore = startLoad(first)
  await flows()
  await second.process.stop('SIGKILL')
  await flows()
  const total = first + (await stopMore())
  await eventually('all are stored', async () => ((await count()) >= total ? true : undefined), { withinMs: 60_000 })
  const seqs = await storedSeqs()
  expect(new Set(seqs).size).toBe(total)
  expect(seqs).toHaveLength(total)
  await eventually('accounted', async () => ((await metric('lifeline_frames_pending')) === 0 ? true : undefined))
})

test('with InfluxDB away it runs on, says so, and accounts for every frame', async () => {
  await Promise.all(Array.from({ length: 1_000 }, (_, i) => append(frame(i))))
  await eventually('stored', async () => ((await metric('lifeline_frames_stored_total')) === 1_000 ? true : undefined))
  await database.process.stop('SIGKILL')
  await Promise.all(Array.from({ length: 20_000 }, (_, i) => append(frame(1_000 + i))))
  await eventually('it is unhealthy', async () => ((await health()).status === 503 ? true : undefined))
  expect((await health()).reasons.join()).toContain(`InfluxDB at ${database.url}: connect ECONNREFUSED`)
  expect(await metric('lifeline_frames_stored_total')).toBe(1_000)
  expect(await metric('lifeline_frames_pending')).toBeGreaterThan(0)
  await database.process.start()
  await eventually('all are stored', async () => ((await count()) === 21_000 ? true : undefined))
  await eventually('it is healthy', async () => ((await health()).status === 200 ? true : undefined))
  await eventually('accounted', async () => ((await metric('lifeline_frames_pending')) === 0 ? true : undefined))
  expect(await metric('lifeline_frames_stored_total')).toBe(21_000)
  expect(await metric('lifeline_frames_unstorable_total')).toBe(0)
})

test('told to stop while InfluxDB is away it ends within five seconds, and the next one stores what was held', async () => {
  await database.process.stop('SIGKILL')
  await Promise.all(Array.from({ length: 500 }, (_, i) => append(frame(i))))
  await eventually('held', async () => ((await metric('lifeline_frames_pending')) === 500 ? true : undefined))
  const before = performance.now()
  await historian.process.stop('SIGTERM')
  expect(performance.now() - before).toBeLessThan(5_000)
  await database.process.start()
  await historian.process.start()
  await eventually('all are stored', async () => ((await count()) === 500 ? true : undefined))
})

test('telemetry is answered from InfluxDB to those who may see the device', async () => {
  const get = async (path: string, user?: SessionUser | false) => {
    const token = user !== false && (await signSession(user ?? { name: 'a', role: 'rescuer' }, secret))
    const headers = token ? { authorization: `Bearer ${token}` } : {}
    const answer = await fetch(`${historian.url}/api/v1/devices/${path}`, { headers })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const now = Date.now()
  const times = [now - 20 * 60_000, now - 5_000, now - 5_000, now - 4_000]
  await Promise.all(
    times.map((time, i) =>
      append({ ...frame(1), deviceId: 'lift-1', frame: { time, seq: i, speed: i / 4, door: 'open' } }),
    ),
  )
  await eventually('stored', async () => ((await count()) === 4 ? true : undefined))

  expect((await get('lift-1/telemetry?field=speed', false)).status).toBe(401)
  expect(await get('lift-9/telemetry?field=speed')).toMatchObject({ status: 404, body: { detail: 'no device lift-9' } })
  for (const [unitId, status] of [
    ['unit-1', 200],
    ['unit-2', 404],
  ] as const) {
    expect(await get('lift-1/telemetry?field=speed', { name: 'b', role: 'maintenance', unitId })).toMatchObject({
      status,
    })
  }
  for (const query of ['', '?field=hookLoad', `?field=speed"`]) {
    const { status, body } = await get(`lift-1/telemetry${query}`)
    expect(status).toBe(422)
    expect(body.detail).toContain('one of seq, mode, floor, position, speed')
  }
  expect(await get(`lift-1/telemetry?field=speed&from=${now}&to=${now - 1}`)).toMatchObject({ status: 422 })
  expect(await get('lift-1/telemetry?field=speed&from=yesterday')).toMatchObject({ status: 422 })

  const lastQuarter = await get('lift-1/telemetry?field=speed')
  expect(lastQuarter).toEqual({
    status: 200,
    body: {
      items: [
        [now - 5_000, 0.25],
        [now - 5_000, 0.5],
        [now - 4_000, 0.75],
      ],
    },
  })
  const older = await get(`lift-1/telemetry?field=door&from=${now - 21 * 60_000}&to=${now - 19 * 60_000}`)
  expect(older.body).toEqual({ items: [[now - 20 * 60_000, 'open']] })

  await database.process.stop('SIGKILL')
  expect(await get('lift-1/telemetry?field=speed')).toMatchObject({
    status: 503,
    body: { title: 'History is out of reach', detail: expect.stringContaining('ECONNREFUSED') },
  })
})
