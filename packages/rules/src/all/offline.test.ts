import { expect, test } from 'vitest'
import { lift } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

const idle = { speed: 0, occupied: false }
const log = () => new LogBuilder(lift)

test('three intervals without a frame are offline; a frame ends it', () => {
  expect(log().frames(1, 10, idle).ticks(39).told()).toEqual([])
  expect(log().frames(1, 10, idle).ticks(45).frames(45, 60, idle).told()).toEqual([
    'opened offline warning @40',
    'cleared offline warning @46',
  ])
})

test('a device never seen since it was registered counts', () => {
  expect(log().ticks(35).told()).toEqual(['opened offline warning @31'])
})

test('a last will counts after 5 s, unless the device is back', () => {
  expect(log().frames(1, 10, idle).status(10, 'offline', 'will').ticks(16).told()).toEqual([
    'opened offline warning @15',
  ])
  expect(log().frames(1, 10, idle).status(10, 'offline', 'will').status(13, 'online').ticks(25).told()).toEqual([])
})

test('a gap in the log itself is nobody’s silence', () => {
  const before = log().frames(1, 10, idle)
  before.records.push({ type: 'tick', receivedAt: 1_795_000_600_000 })
  expect(before.told()).toEqual([])
})
