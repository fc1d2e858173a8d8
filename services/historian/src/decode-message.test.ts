import type { LogRecord } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { decodeMessage } from './decode-message.ts'

const time = 1_760_000_000_000
const head = { kind: 'hoist', deviceId: 'hoist-1', siteId: 'site-1', receivedAt: time } as const
const decode = (value: unknown) => decodeMessage(Buffer.from(JSON.stringify(value)))

test('frames and events make lines; status words, ticks and removals do not', () => {
  const records: LogRecord[] = [
    { type: 'tick', receivedAt: time },
    { ...head, type: 'frame', frame: { time, seq: 1, load: 200 } },
    { ...head, type: 'status', status: 'online', cause: 'message' },
    { ...head, type: 'event', event: { time, code: 'alarm_button', active: true } },
    { type: 'removal', receivedAt: time, deviceId: 'hoist-2' },
  ]
  const decoded = decode(records)
  expect(decoded.counts).toEqual({ frame: 1, event: 1, status: 1 })
  expect(decoded.records).toEqual([records[1], records[3]])
  expect(decoded.lines.map((line) => line.split(' ')[0])).toEqual(
    Array(2).fill('hoist,device=hoist-1,kind=hoist,site=site-1'),
  )
  expect(decoded.unstorable).toEqual([])
})

test('a record of a type that is not known here is left alone', () => {
  expect(decode([{ type: 'weather', receivedAt: time }])).toMatchObject({ lines: [], unstorable: [] })
})

test('a bad record is told apart with the reason, and the good ones beside it make lines', () => {
  const bad = { ...head, type: 'frame', frame: { time, load: 'heavy' } }
  const decoded = decode([
    bad,
    null,
    {},
    { ...head, type: 'frame' },
    { ...head, type: 'frame', frame: { time, seq: 1 } },
  ])
  expect(decoded.lines).toHaveLength(1)
  expect(decoded.unstorable).toEqual([
    { record: bad, reason: 'load is not a number' },
    { record: null, reason: expect.stringContaining('not a log record') },
    { record: {}, reason: 'type is missing' },
    { record: { ...head, type: 'frame' }, reason: expect.stringContaining('not a log record') },
  ])
})

test.each(['', 'nonsense', '{"type":"tick"}', '[1,', '\ufffe'])(
  'what is no list of records is told as a whole: %j',
  (text) => {
    expect(decodeMessage(Buffer.from(text))).toMatchObject({ lines: [], unstorable: [{ record: undefined }] })
  },
)
