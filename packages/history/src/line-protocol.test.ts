import type { ElevatorFrame, EventRecord, FrameRecord } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { lineOf, UnstorableRecordError } from './line-protocol.ts'

const time = 1_760_000_000_000
const head = { kind: 'elevator', deviceId: 'lift-1', siteId: 'site-1', receivedAt: time + 40 } as const
const frame = (values: Partial<ElevatorFrame>): FrameRecord => ({ ...head, type: 'frame', frame: { time, ...values } })
const event = (text: string): EventRecord => ({
  ...head,
  type: 'event',
  event: { time, code: 'alarm_button', active: true, text },
})
const timestampOf = (record: FrameRecord | EventRecord): string => lineOf(record).split(' ').at(-1) as string

test('a frame becomes one line of its kind, each field in its one type', () => {
  const record = frame({
    seq: 7,
    mode: 'normal',
    floor: 3,
    speed: -0.25,
    inDoorZone: false,
    alarmButton: true,
    faults: ['door_open_fault', 'position_lost'],
  })
  expect(lineOf(record)).toBe(
    'elevator,device=lift-1,kind=elevator,site=site-1 ' +
      'seq=7i,mode="normal",floor=3,speed=-0.25,inDoorZone=false,alarmButton=true,faults="door_open_fault,position_lost",' +
      'receivedAt=1760000000040i 1760000000000000007',
  )
})

test('a frame with nothing but its time still makes a line', () => {
  expect(lineOf(frame({}))).toMatch(/^elevator,\S+ receivedAt=1760000000040i 1760000000000\d{6}$/)
})

test('an event becomes a line of the same measurement with its text quoted', () => {
  expect(lineOf(event('a "b" \\ c\nd'))).toMatch(
    /^elevator,device=lift-1,kind=elevator,site=site-1 eventCode="alarm_button",eventActive=true,eventText="a \\"b\\" \\\\ c\nd",receivedAt=1760000000040i 1760000000000\d{6}$/,
  )
})

test('two readings in one millisecond stand apart, by their counter or else by what they say', () => {
  expect(timestampOf(frame({ seq: 1 }))).not.toBe(timestampOf(frame({ seq: 2 })))
  expect(timestampOf(frame({ speed: 1 }))).not.toBe(timestampOf(frame({ speed: 2 })))
  expect(timestampOf(event('a'))).not.toBe(timestampOf(event('b')))
})

test('a reading that comes again lands on itself, whenever it arrives and however its fields are ordered', () => {
  const first = frame({ speed: 1, load: 80 })
  const again: FrameRecord = { ...head, type: 'frame', receivedAt: time + 9_000, frame: { load: 80, speed: 1, time } }
  expect(timestampOf(again)).toBe(timestampOf(first))
})

test('a counter beyond a million stays within its millisecond', () => {
  expect(timestampOf(frame({ seq: 5_000_012 }))).toBe('1760000000000000012')
})

test.each([
  ['speed is not a number', { speed: 'fast' }],
  ['speed is not a number', { speed: Number.POSITIVE_INFINITY }],
  ['seq is not an integer', { seq: 0.5 }],
  ['occupied is not true or false', { occupied: 1 }],
  ['mode is not a string', { mode: 3 }],
  ['faults is not an array', { faults: 'a' }],
  ['time is not in ms since 1970', { time: -1 }],
  ['time is not in ms since 1970', { time: undefined }],
])('a record that breaks the contracts is refused by field: %s', (reason, values) => {
  const broken = frame(values as Partial<ElevatorFrame>)
  expect(() => lineOf(broken)).toThrow(new UnstorableRecordError(reason))
})

test('an id that could change the line is refused', () => {
  expect(() => lineOf({ ...frame({}), deviceId: 'a,site=b' })).toThrow('deviceId is not an id')
  expect(() => lineOf({ ...frame({}), siteId: 'a b' })).toThrow('siteId is not an id')
  expect(() => lineOf({ ...frame({}), kind: 'escalator' as 'elevator' })).toThrow('kind is none of')
})
