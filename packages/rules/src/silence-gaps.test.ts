import { expect, test } from 'vitest'
import { lift } from './testing/equipment.ts'
import { LogBuilder, start } from './testing/log-builder.ts'

const riding = {
  mode: 'normal',
  speed: 1.7,
  door: 'closed',
  inDoorZone: false,
  occupied: true,
  seq: undefined,
} as const
const stuck = { ...riding, speed: 0 } as const
const open = { ...stuck, door: 'open', inDoorZone: true } as const

/** Silent from second 5 to 1,000; live from then on, and at 1,002 what was recorded in between. */
const after = () => new LogBuilder(lift).frames(1, 5, riding).frames(1_000, 1_002, open)

test('a backlog beside live frames is judged: what is over is told once, as late', () => {
  const told = after()
    .backlog(1_002, 100, 140, stuck)
    .backlog(1_002.2, 140, 300, open)
    .frames(1_003, 1_020, open)
    .incidents()
    .filter(({ data }) => data.rule === 'entrapment')
  expect(told.map(({ type, data }) => [type, data.late, data.openedAt - start, (data.clearedAt ?? 0) - start])).toEqual(
    [
      ['incident.opened', true, 130_000, 140_000],
      ['incident.cleared', true, 130_000, 140_000],
    ],
  )
})

test('what was told live is not told again when its frames are sent again', () => {
  const log = new LogBuilder(lift).frames(1, 5, riding).frames(5, 40, stuck).frames(40, 60, open)
  expect(log.backlog(60, 1, 60, stuck).frames(61, 80, open).told('entrapment')).toEqual([
    'opened entrapment critical @35',
    'cleared entrapment critical @40',
  ])
})

test('a backlog that is sent twice tells nothing twice', () => {
  const log = after().backlog(1_002, 100, 140, stuck).backlog(1_002.2, 140, 300, open).frames(1_003, 1_020, open)
  log.backlog(1_021, 100, 140, stuck).backlog(1_021.2, 140, 300, open).frames(1_022, 1_040, open)
  expect(log.told('entrapment')).toHaveLength(2)
})

test('an episode that lasts from the backlog into the live frames is one', () => {
  const log = new LogBuilder(lift).frames(1, 5, riding).frames(1_000, 1_002, stuck)
  const told = log.backlog(1_002, 990, 1_000, stuck).frames(1_003, 1_060, stuck).told('entrapment')
  expect(told).toHaveLength(1)
})

test('the log says that a device was silent, whatever its backlog says later', () => {
  const log = after().backlog(1_002, 6, 999, riding).frames(1_003, 1_020, open)
  expect(log.told('offline').map((line) => line.split(' ')[0])).toEqual(['opened', 'cleared'])
})

test('events of the outage are history too: what began and ended in it is told as late, what still lasts as live', () => {
  const log = () => new LogBuilder(lift).frames(1, 5, riding).frames(1_000, 1_002, open)
  const past = (builder: LogBuilder, at: number, second: number, active: boolean) => {
    const receivedAt = start + at * 1000
    const event = { time: start + second * 1000, code: 'alarm_button', active }
    builder
      .ticks(at)
      .records.push({ type: 'event', kind: 'elevator', deviceId: 'lift-1', siteId: 'site-1', receivedAt, event })
    return builder
  }
  const over = past(past(log(), 1_002, 100, true), 1_002.1, 105, false).frames(1_003, 1_030, open)
  expect(over.told('alarm_button')).toEqual([
    'opened alarm_button major @100 late',
    'cleared alarm_button major @105 late',
  ])
  const lasting = past(log(), 1_002, 990, true).frames(1_003, 1_030, open)
  expect(lasting.told('alarm_button')).toHaveLength(1)
  expect(lasting.told('alarm_button')[0]).not.toContain('late')
})

test('an event that overtakes a backlog does not hide what is in it', () => {
  const log = new LogBuilder(lift).frames(1, 5, riding).event(1_000, 'mode_auto', true)
  log.backlog(1_001, 100, 140, stuck).backlog(1_001.2, 140, 300, open).frames(1_003, 1_020, open)
  expect(log.told('entrapment')).toHaveLength(2)
})
