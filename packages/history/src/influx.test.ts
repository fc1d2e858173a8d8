import type { ElevatorFrame, FrameRecord } from '@lifeline/contracts'
import { startInfluxServer, type TestServer } from '@lifeline/test-support'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { InfluxConnection } from './influx-connection.ts'
import { lineOf } from './line-protocol.ts'
import { readTelemetry, type TelemetryQuery } from './read-telemetry.ts'

const start = 1_760_000_000_000
const { signal } = new AbortController()

let server: TestServer
let influx: InfluxConnection
let devices = 0

beforeAll(async () => {
  server = await startInfluxServer()
  influx = new InfluxConnection({ url: server.url, database: 'lifeline "test"' })
})

afterAll(() => server.remove())

const newDevice = (): string => `lift-${++devices}`

const record = (deviceId: string, frame: ElevatorFrame): FrameRecord => ({
  type: 'frame',
  kind: 'elevator',
  deviceId,
  siteId: 'site-1',
  receivedAt: frame.time,
  frame,
})

async function write(lines: readonly string[]): Promise<void> {
  expect(await influx.write(lines.join('\n'), signal)).toEqual({ outcome: 'stored' })
}

/** A device with one frame a second. */
async function deviceWith(count: number, frame: (i: number) => Partial<ElevatorFrame>): Promise<string> {
  const deviceId = newDevice()
  await write(
    Array.from({ length: count }, (_, i) => lineOf(record(deviceId, { time: start + i * 1_000, ...frame(i) }))),
  )
  return deviceId
}

const read = (deviceId: string, field: string, more: Partial<TelemetryQuery> = {}) =>
  readTelemetry(
    influx,
    { deviceId, kind: 'elevator', field, from: start, to: start + 86_400_000, maxPoints: 2_000, ...more },
    signal,
  )

test('any text comes back as it went in, half characters as the replacement character', async () => {
  const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
  const nasty = fc.array(fc.constantFrom('"', '\\', '\n', '\r', ' ', ',', '=', "'", 'i', '🆘', '困', '\ud83c', '\0'))
  const text = fc.oneof(
    anyUnits,
    nasty.map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme' }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 60 }), async (texts) => {
      const deviceId = newDevice()
      const head = { type: 'event', kind: 'elevator', deviceId, siteId: 'site-1', receivedAt: start } as const
      const event = { code: 'alarm_button', active: true }
      await write(texts.map((text, i) => lineOf({ ...head, event: { ...event, time: start + i, text } })))
      const points = await read(deviceId, 'eventText')
      expect(points).toEqual(texts.map((text, i) => [start + i, text.toWellFormed()]))
    }),
    { numRuns: 40 },
  )
})

test('any number comes back as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 100 }),
      async (speeds) => {
        const deviceId = await deviceWith(speeds.length, (i) => ({ speed: speeds[i] as number }))
        // JSON has one zero.
        expect(await read(deviceId, 'speed')).toEqual(speeds.map((speed, i) => [start + i * 1_000, speed + 0]))
      },
    ),
    { numRuns: 20 },
  )
})

test('two frames in one millisecond are both kept, and a repeated one is kept once', async () => {
  const deviceId = newDevice()
  const frames = [
    { time: start, seq: 1, speed: 1 },
    { time: start, seq: 2, speed: 1 },
    { time: start, speed: 3 },
  ]
  const lines = frames.map((frame) => lineOf(record(deviceId, frame)))
  await write([...lines, ...lines])
  const speeds = (await read(deviceId, 'speed')).map(([, speed]) => speed)
  expect(speeds.toSorted()).toEqual([1, 1, 3])
})

test('a range holds its first and its last millisecond and nothing else', async () => {
  const deviceId = await deviceWith(5, (i) => ({ seq: i + 1 }))
  const points = await read(deviceId, 'seq', { from: start + 1_000, to: start + 3_000 })
  expect(points.map(([, seq]) => seq)).toEqual([2, 3, 4])
})

test('a long range is thinned to the limit, and the one second of overload in it is still to be seen', async () => {
  const peak = 8_123
  const deviceId = await deviceWith(20_000, (i) => ({
    load: i === peak ? 1_500 : i === peak + 1 ? -40 : 300 + (i % 10),
  }))
  const points = await read(deviceId, 'load', { to: start + 20_000_000 })
  expect(points.length).toBeLessThanOrEqual(2_000)
  expect(points.length).toBeGreaterThan(1_500)
  const loads = points.map(([, load]) => load)
  expect(Math.max(...(loads as number[]))).toBe(1_500)
  expect(Math.min(...(loads as number[]))).toBe(-40)
  const at = points.find(([, load]) => load === 1_500)?.[0] ?? 0
  const partMs = 20_000_000 / 999
  expect(start + peak * 1_000 - at).toBeGreaterThanOrEqual(0)
  expect(start + peak * 1_000 - at).toBeLessThanOrEqual(partMs + 1)
  const times = points.map(([time]) => time)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(start)
})

test('a pulse of a boolean survives the thinning, and of texts each part gives its last', async () => {
  const deviceId = await deviceWith(5_000, (i) => ({ alarmButton: i === 2_345, door: i < 2_500 ? 'closed' : 'open' }))
  const range = { to: start + 5_000_000, maxPoints: 100 }
  const pulses = await read(deviceId, 'alarmButton', range)
  expect(pulses.length).toBeLessThanOrEqual(100)
  expect(pulses.filter(([, pressed]) => pressed)).toHaveLength(1)
  const doors = await read(deviceId, 'door', range)
  expect(doors.length).toBeLessThanOrEqual(100)
  expect(doors.length).toBeGreaterThan(90)
  expect([doors[0]?.[1], doors.at(-1)?.[1]]).toEqual(['closed', 'open'])
})

test.each([0, 1, 999_999, 1_234_567_891])('no beginning of a range makes a point too many (from %i)', async (shift) => {
  const deviceId = await deviceWith(300, (i) => ({ load: i % 2 === 0 ? 1 : 2, mode: 'normal' }))
  for (const field of ['load', 'mode']) {
    const points = await read(deviceId, field, { from: start - shift, to: start + 300_000, maxPoints: 20 })
    expect(points.length).toBeLessThanOrEqual(20)
    expect(points.length).toBeGreaterThan(0)
  }
})

test('a name with quotes in it finds nothing rather than something else', async () => {
  await deviceWith(3, () => ({ speed: 1 }))
  expect(await read(`x' OR "site" = 'site-1`, 'speed')).toEqual([])
  expect(await read(`x\\' OR "site" = 'site-1`, 'speed')).toEqual([])
  expect(await read('lift-1', 'speed" FROM "elevator"; DROP DATABASE "lifeline')).toEqual([])
})

test('the database is made again where it was dropped', async () => {
  const connection = new InfluxConnection({ url: server.url, database: 'dropped' })
  const line = lineOf(record('lift-1', { time: start, speed: 1 }))
  expect(await connection.write(line, signal)).toEqual({ outcome: 'stored' })
  await connection.query('DROP DATABASE "dropped"', signal, 'POST')
  expect(await connection.write(line, signal)).toMatchObject({
    outcome: 'unavailable',
    reason: expect.stringContaining('database not found'),
  })
  expect(await connection.write(line, signal)).toEqual({ outcome: 'stored' })
})
