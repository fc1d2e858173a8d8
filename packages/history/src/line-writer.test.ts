import type { ElevatorFrame, FrameRecord } from '@lifeline/contracts'
import { type InfluxFault, startFaultyInfluxProxy, startInfluxServer, type TestServer } from '@lifeline/test-support'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { InfluxConnection } from './influx-connection.ts'
import { lineOf } from './line-protocol.ts'
import { LineWriter } from './line-writer.ts'

const start = 1_760_000_000_000
const week = 7 * 86_400_000

let server: TestServer
let proxy: Awaited<ReturnType<typeof startFaultyInfluxProxy>>
let influx: InfluxConnection
let writer: LineWriter
let ending: AbortController
let nextFault: () => InfluxFault | undefined
let reports: (string | undefined)[]
let outcomes: string[]
let databases = 0

beforeAll(async () => {
  server = await startInfluxServer()
  proxy = await startFaultyInfluxProxy(server.url, () => nextFault())
})

afterAll(async () => {
  proxy.close()
  await server.remove()
})

beforeEach(() => {
  nextFault = () => undefined
  reports = []
  outcomes = []
  ending = new AbortController()
  influx = new InfluxConnection({ url: proxy.url, database: `test-${++databases}`, requestTimeoutMs: 1_000 })
  writer = new LineWriter(influx, {
    report: (reason) => reports.push(reason),
    answered: (outcome) => outcomes.push(outcome),
  })
})

afterEach(() => ending.abort())

function line(seq: number, frame: Partial<ElevatorFrame> = {}, kind: 'elevator' | 'hoist' = 'elevator'): string {
  const head = { type: 'frame', kind, deviceId: 'device-1', siteId: 'site-1', receivedAt: start } as const
  const record: FrameRecord = { ...head, frame: { time: start + seq, seq, speed: seq / 10, ...frame } }
  return lineOf(record)
}

const lines = (count: number, first = 0): string[] => Array.from({ length: count }, (_, i) => line(first + i))
const store = (all: readonly string[]) => writer.store({ text: all.join('\n'), lines: () => all }, ending.signal)

async function storedSeqs(kind = 'elevator'): Promise<number[]> {
  const rows = await influx.query(`SELECT "seq" FROM "${kind}"`, ending.signal)
  return rows.map(([, seq]) => seq as number)
}

/** Makes the writes meet `faults` in turn, and then none. */
function meet(...faults: (InfluxFault | undefined)[]): void {
  nextFault = () => faults.shift()
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

test.each<[string, InfluxFault]>([
  ['401', { status: 401, body: '{"error":"unable to parse authentication credentials"}' }],
  ['403', { status: 403, body: '{"error":"\\"x\\" user is not authorized to write"}' }],
  ['429', { status: 429, body: '{"message":"too many requests"}' }],
  ['500', { status: 500, body: '{"error":"engine: cache maximum memory size exceeded"}' }],
  ['503', { status: 503 }],
  ['301', { status: 301, headers: { location: '/elsewhere' } }],
  ['connection cut', 'cut'],
  ['half an answer', 'half'],
  ['no answer at all', 'silent'],
  ['connection cut after the lines were stored', 'cut_after_storing'],
])('after %s the same lines are sent again until they are stored, once each', async (_name, fault) => {
  meet(fault, fault, fault)
  expect(await store(lines(50))).toEqual([])
  expect(await storedSeqs()).toEqual(upTo(50))
  expect(outcomes).toEqual(['unavailable', 'unavailable', 'unavailable', 'stored'])
  expect(reports.slice(0, 3).every((reason) => reason?.startsWith(`InfluxDB at ${proxy.url}: `))).toBe(true)
  expect(reports.at(-1)).toBeUndefined()
})

test('a server that says how long to wait is asked no sooner', async () => {
  meet({ status: 429, headers: { 'retry-after': '1' } })
  const before = performance.now()
  await store(lines(1))
  expect(performance.now() - before).toBeGreaterThan(990)
})

test('a request that is too large is sent in parts', async () => {
  const tooLarge: InfluxFault = { status: 413, body: '{"error":"Request Entity Too Large"}' }
  meet(tooLarge, tooLarge)
  expect(await store(lines(100))).toEqual([])
  expect((await storedSeqs()).toSorted((a, b) => a - b)).toEqual(upTo(100))
})

test('a value of another type than its field is told apart, and all the other lines are stored', async () => {
  await store(lines(1))
  const bad = 'elevator,device=device-1,kind=elevator,site=site-1 speed="fast",seq=700i 1760000000700000700'
  const all = [...lines(400), bad, ...lines(300, 400)]
  const refused = await store(all)
  expect(refused).toEqual([
    { index: 400, line: bad, reason: expect.stringMatching(/400 partial write: field type conf/) },
  ])
  expect(await storedSeqs()).toEqual(upTo(700))
})

test('where a field got a wrong type first, what has it is kept out in a few requests and the rest stored', async () => {
  await influx.write(`elevator,device=x speed="x" ${start}000000`, ending.signal)
  const all = upTo(3_000).map((i) => (i % 3 === 0 ? line(i) : line(i, {}, 'hoist')))
  const refused = await store(all)
  expect(refused.map(({ index }) => index)).toEqual(upTo(1_000).map((i) => i * 3))
  expect(await storedSeqs('hoist')).toHaveLength(2_000)
  expect(outcomes.length).toBeLessThan(6)
})

test('a wrong type in one week takes nothing from another week', async () => {
  await influx.write(`elevator,device=x speed="x" ${start}000000`, ending.signal)
  const all = upTo(200).map((i) => line(i, { time: i < 100 ? start + i : start + 2 * week + i }))
  const refused = await store(all)
  expect(refused.map(({ index }) => index)).toEqual(upTo(100))
  expect(await storedSeqs()).toEqual(upTo(200).slice(100))
})

test('a line that is no line protocol is told apart', async () => {
  const refused = await store([line(0), 'elevator,device=d speed=NaN 1', line(1)])
  expect(refused).toMatchObject([{ index: 1, reason: expect.stringContaining('unable to parse') }])
  expect(await storedSeqs()).toEqual([0, 1])
})

test('a refusal in unknown words keeps nothing out while the database takes no line at all', async () => {
  const nonsense: InfluxFault = { status: 400, body: '<h1>Bad Request</h1>' }
  let refusing = true
  nextFault = () => (refusing ? nonsense : undefined)
  const refused = new Promise<void>((resolve) => {
    writer = new LineWriter(influx, {
      report: (reason) => {
        if (reason?.startsWith('InfluxDB refuses every write') !== true) return
        refusing = false
        resolve()
      },
      answered: () => undefined,
    })
  })
  const stored = store(lines(10))
  await refused
  expect(await stored).toEqual([])
  expect((await storedSeqs()).toSorted((a, b) => a - b)).toEqual(upTo(10))
})

test('a refusal in unknown words is believed of a line when another is taken each time and it never', async () => {
  await store(lines(1))
  const no: InfluxFault = { status: 400, body: 'no' }
  meet(no, undefined, no, undefined, no, undefined, no, undefined, no, undefined)
  expect(await store([line(1)])).toEqual([{ index: 0, line: line(1), reason: '400 no' }])
  expect(await storedSeqs()).toEqual([0])
})

test('a proxy that refuses now this and now that keeps nothing out', async () => {
  await store(lines(1))
  let count = 0
  nextFault = () => (count++ % 3 === 2 ? undefined : { status: 400, body: 'one of three servers is well' })
  expect(await store([line(1), line(2)])).toEqual([])
  expect((await storedSeqs()).toSorted((a, b) => a - b)).toEqual([0, 1, 2])
})

test('a writer that waits for a server that is gone ends when it is told to', async () => {
  const gone = new LineWriter(new InfluxConnection({ url: 'http://127.0.0.1:1', database: 'x' }), {
    report: () => ending.abort(new Error('told to')),
    answered: () => undefined,
  })
  await expect(gone.store({ text: line(0), lines: () => [line(0)] }, ending.signal)).rejects.toThrow()
  expect(ending.signal.aborted).toBe(true)
})
