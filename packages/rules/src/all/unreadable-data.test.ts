import { expect, test } from 'vitest'
import { PartitionFold } from '../partition-fold.ts'
import { lift } from '../testing/equipment.ts'
import { LogBuilder, start } from '../testing/log-builder.ts'

const idle = { speed: 0, occupied: false }
const log = () => new LogBuilder(lift)
/** Rubbish every ten seconds, as a lift that reports so sends it. */
function rubbish(builder: LogBuilder, from: number, to: number): LogBuilder {
  for (let at = from; at <= to; at += 10) builder.unreadable(at, 1)
  return builder
}

test('a device that sends nothing but rubbish for a minute is an incident, and is not offline beside it', () => {
  expect(rubbish(log(), 5, 125).ticks(130).told()).toEqual(['opened unreadable_data warning @66'])
})

test('the first frame that is understood ends it', () => {
  const told = rubbish(log().frames(1, 5, idle), 5, 85)
    .frames(90, 110, idle)
    .told()
  expect(told).toEqual(['opened unreadable_data warning @66', 'cleared unreadable_data warning @91'])
})

test('an event that is understood ends it too', () => {
  const told = rubbish(log(), 5, 85).event(90, 'door_fault', false).ticks(105).told()
  expect(told).toEqual(['opened unreadable_data warning @66', 'cleared unreadable_data warning @91'])
})

test('a device of which something is understood now and then is none', () => {
  const builder = log()
  for (let at = 1; at < 300; at += 50) rubbish(builder.frame(at, idle), at + 1, at + 41)
  expect(builder.told('unreadable_data')).toEqual([])
})

test('many payloads at once are no minute, and a minute with few of them is not many', () => {
  expect(log().unreadable(5, 10_000).ticks(30).told()).toEqual([])
  expect(log().unreadable(5, 1).unreadable(35, 1).unreadable(66, 1).ticks(70).told()).toEqual([])
})

test('once the rubbish stops it is silence: offline in its place', () => {
  expect(rubbish(log(), 5, 85).ticks(150).told()).toEqual([
    'opened unreadable_data warning @66',
    'opened offline warning @126',
    'cleared unreadable_data warning @126',
  ])
})

test('a device that reports every second and sends rubbish is not offline between two records of it', () => {
  const builder = new LogBuilder({ ...lift, reportInterval: 1 })
  expect(rubbish(builder.frames(1, 5, idle), 5, 45).told()).toEqual([])
})

test('who sends rubbish is heard, and when it was understood last stays as it was', () => {
  const fold = new PartitionFold()
  fold.apply(rubbish(log(), 5, 25).records)
  expect(fold.presence(lift.deviceId)).toEqual({ online: true })
  fold.apply(rubbish(log().frames(1, 4, idle), 5, 25).records)
  const understoodAt = start + 3_000
  expect(fold.presence(lift.deviceId)).toEqual({ online: true, lastSeenAt: understoodAt, lastFrameAt: understoodAt })
})
