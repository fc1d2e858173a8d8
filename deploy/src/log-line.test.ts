import { expect, test } from 'vitest'
import { readLogLine } from './log-line.ts'

const time = new Date('2026-03-24T10:20:30.500Z')
const clock = time.toTimeString().slice(0, 8)

test('a line of a service is rendered as time, level and message, its error and other fields after it', () => {
  const record = { level: 40, time: time.getTime(), name: 'engine', msg: 'no snapshot', err: { message: 'disk full' } }
  expect(readLogLine(JSON.stringify(record))).toEqual({ urgent: true, text: `${clock} warn no snapshot: disk full` })
  expect(
    readLogLine(JSON.stringify({ level: 40, time: time.getTime(), msg: 'refused', client: 'lift-1', n: 2 })).text,
  ).toBe(`${clock} warn refused client="lift-1" n=2`)
  expect(readLogLine(JSON.stringify({ level: 30, time: time.getTime(), msg: 'ready' }))).toEqual({
    urgent: false,
    text: `${clock} info ready`,
  })
})

test('a warning of nats-server is told from its chatter', () => {
  expect(readLogLine('[71] 2026/03/24 10:20:30.512345 [WRN] Filestore is slow')).toEqual({
    urgent: true,
    text: '10:20:30 warn Filestore is slow',
  })
  expect(readLogLine('[71] 2026/03/24 10:20:30.512345 [INF] Server is ready').urgent).toBe(false)
})

test('an error of InfluxDB is told from its chatter', () => {
  const line =
    'ts=2026-03-24T10:20:30.500000Z lvl=error msg="Failed to open \\"shard\\"" log_id=1 error="no space left"'
  expect(readLogLine(line)).toEqual({
    urgent: true,
    text: `${clock} error Failed to open \\"shard\\" error="no space left"`,
  })
  expect(readLogLine('ts=2026-03-24T10:20:30.5Z lvl=info msg="Go runtime" log_id=1').urgent).toBe(false)
})

test('what no logger wrote is shown as it is', () => {
  for (const text of ['Error: boom', '{ broken', '{"level":"high"}']) {
    expect(readLogLine(text)).toEqual({ urgent: true, text })
  }
})
