import type { LogRecord } from '@lifeline/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PartitionFold } from './partition-fold.ts'
import { lift } from './testing/equipment.ts'
import { LogBuilder, start } from './testing/log-builder.ts'

const riding = { mode: 'normal', speed: 1.7, door: 'closed', inDoorZone: false, occupied: true, load: 300 } as const
const stuck = { ...riding, speed: 0 } as const
const open = { ...stuck, door: 'open', inDoorZone: true } as const
const log = () => new LogBuilder(lift)
const hour = 3_600_000

test('a backlog with an entrapment that is over is told once, as late and cleared', () => {
  const told = log()
    .frames(1, 5, riding)
    .backlog(1_000, 100, 140, stuck)
    .backlog(1_000.1, 140, 600, open)
    .frames(1_001, 1_020, open)
    .incidents()
    .filter(({ data }) => data.rule === 'entrapment')
  expect(told.map(({ type, data }) => [type, data.late, data.openedAt - start, (data.clearedAt ?? 0) - start])).toEqual(
    [
      ['incident.opened', true, 130_000, 140_000],
      ['incident.cleared', true, 130_000, 140_000],
    ],
  )
})

test('a backlog with an entrapment that still lasts is told when the device is live again', () => {
  const told = log().frames(1, 5, riding).backlog(1_000, 900, 1_000, stuck).frames(1_001, 1_003, stuck).incidents()
  const [opened] = told.filter(({ data }) => data.rule === 'entrapment')
  expect(opened?.data).toMatchObject({ late: false, openedAt: start + 930_000 })
  expect(Date.parse(opened?.time ?? '') - start).toBeLessThan(1_002_000)
})

test('a backlog that stops short of now does not hide an entrapment', () => {
  const told = log().frames(1, 5, riding).backlog(1_000, 600, 700, stuck).ticks(1_010).incidents()
  expect(told.filter(({ data }) => data.rule === 'entrapment')).toHaveLength(1)
})

test.each([-hour, hour])(
  'a clock that is wrong by %i ms neither fires nor hides, and is put right in what is told',
  (error) => {
    expect(log().frames(1, 60, riding, error).told()).toEqual([expect.stringMatching(/^opened clock_skew warning/)])
    const builder = log().frames(1, 10, riding, error).frames(10, 50, stuck, error)
    const told = builder.incidents().filter(({ data }) => data.rule !== 'clock_skew')
    expect(told.map(({ data }) => data.rule)).toEqual(['entrapment'])
    expect(Math.abs((told[0]?.data.openedAt ?? 0) - start - 40_000)).toBeLessThan(1_500)
    expect(told[0]?.data.evidence.toTime).toBe(start + 40_000 + error)
  },
)

test.each([-hour, hour])(
  'a clock that jumps by %i ms in the middle of an entrapment makes it neither sooner nor later',
  (jump) => {
    const builder = log().frames(1, 10, riding).frames(10, 25, stuck).frames(25, 60, stuck, jump)
    const told = builder.incidents().filter(({ data }) => data.rule !== 'clock_skew')
    expect(told.map(({ data }) => data.rule)).toEqual(['entrapment'])
    const toldAt = Date.parse(told[0]?.time ?? '') - start
    expect(toldAt).toBeGreaterThanOrEqual(40_000)
    expect(toldAt).toBeLessThanOrEqual(43_000)
  },
)

test.each([-3, -20, -60, -90, -3_600])('an alarm right after the clock was set by %i s is heard', (seconds) => {
  const pressed = { ...riding, alarmButton: true }
  const log = () => new LogBuilder(lift).frames(1, 5, riding).frame(5, pressed, seconds * 1000)
  const told = log()
    .frames(6, 40, riding, seconds * 1000)
    .incidents()
  const [opened] = told.filter(({ data }) => data.rule === 'alarm_button')
  expect(Date.parse(opened?.time ?? '') - start).toBeLessThanOrEqual(8_000)
  expect(told.filter(({ type, data }) => type === 'incident.opened' && data.rule === 'alarm_button')).toHaveLength(1)
})

test('an alarm of a device that is heard every ten seconds is one, and live, after its clock was set back', () => {
  const log = new LogBuilder(lift)
  for (let at = 0; at < 60; at += 10) log.frame(at, riding)
  log.frame(60, { ...riding, alarmButton: true }, -hour).frame(61, { ...riding, alarmButton: false }, -hour)
  for (let at = 71; at < 120; at += 10) log.frame(at, { ...riding, alarmButton: false }, -hour)
  const told = log.incidents().filter(({ type, data }) => type === 'incident.opened' && data.rule === 'alarm_button')
  expect(told.map(({ data }) => data.late)).toEqual([false])
})

test('frames of every ten seconds that are sent together once a minute are as long as they were', () => {
  const log = new LogBuilder(lift)
  for (let batch = 1; batch <= 3; batch++) {
    for (let i = 0; i < 6; i++) {
      const at = 60 * batch + i / 1000
      const recorded = 60 * batch - 50 + 10 * i
      log.frame(at, recorded < 75 ? riding : stuck, (recorded - at) * 1000)
    }
  }
  const [opened] = log.incidents().filter(({ data }) => data.rule === 'entrapment')
  expect(opened?.data.openedAt).toBe(start + 110_000)
  expect(Date.parse(opened?.time ?? '') - start).toBeLessThanOrEqual(120_010)
})

test('a person who is stuck after the clock was set back is found in time', () => {
  for (const seconds of [-3, -20, -60]) {
    const told = log()
      .frames(1, 5, riding)
      .frames(5, 50, stuck, seconds * 1000)
      .incidents()
    const [opened] = told.filter(({ data }) => data.rule === 'entrapment')
    expect(Date.parse(opened?.time ?? '') - start).toBeLessThanOrEqual(37_000)
  }
})

test('two episodes at the same device time, since its clock was set back between, are two incidents', () => {
  const quiet = { ...riding, alarmButton: false }
  const pressed = { ...riding, alarmButton: true }
  const log = new LogBuilder(lift).frames(1, 100, quiet).frame(100, pressed).frames(101, 116, quiet)
  const told = log.frames(116, 130, quiet, -30_000).frame(130, pressed, -30_000).frames(131, 150, quiet, -30_000)
  const opened = told.incidents().filter(({ type, data }) => type === 'incident.opened' && data.rule === 'alarm_button')
  expect(new Set(opened.map(({ data }) => data.incidentId)).size).toBe(2)
})

test('a clock that is put forward during a stop makes no wait shorter', () => {
  const level = { ...stuck, inDoorZone: true }
  const log = new LogBuilder(lift).frames(1, 20, open).frame(20, level).frames(21, 22, level, 45_000)
  expect(log.frames(22, 60, riding, 45_000).told('entrapment')).toEqual([])
})

test('nothing ends before it began, though the frame that ended it came late', () => {
  const log = new LogBuilder(lift)
  for (let batch = 0; batch < 4; batch++) {
    for (let i = 0; i < 15; i++) {
      const second = batch * 15 + i
      const at = batch * 15 + 15 + i / 100
      log.frame(at, { ...riding, load: second === 29 ? 1_300 : 300 }, (second - at) * 1000)
    }
  }
  for (const { data } of log.ticks(90).incidents()) {
    if (data.clearedAt !== undefined) expect(data.clearedAt).toBeGreaterThanOrEqual(data.openedAt)
  }
})

test('a field that is left out is unknown: no wait goes on without it', () => {
  expect(log().frame(1, stuck).frames(2, 60, { speed: 0 }).told()).toEqual([])
  expect(
    log()
      .frame(1, { ...riding, load: 1_200 })
      .frames(2, 10, riding)
      .told('overload'),
  ).toEqual([])
})

test('a value beyond the physical range is an incident of its own and no other rule uses it', () => {
  expect(
    log()
      .frames(5, 10, { ...riding, speed: 900, load: 1e308 })
      .told(),
  ).toEqual(['opened sensor_implausible warning @5'])
})

test('frames of devices that are not registered are passed over', () => {
  const { records } = log().frames(5, 50, stuck)
  expect(new PartitionFold().apply(records.slice(1))).toEqual([])
})

test('a device that is removed is forgotten', () => {
  const builder = log().frames(5, 20, stuck)
  builder.records.push({ type: 'removal', receivedAt: start + 20_000, deviceId: lift.deviceId })
  expect(builder.ticks(60).told()).toEqual([])
})

test('a change of settings holds from its place in the log on', () => {
  const builder = log().frames(1, 5, stuck)
  const equipment = { ...lift, settings: { entrapment: { outsideZoneSeconds: 10 } } }
  builder.records.push({ type: 'equipment', receivedAt: start + 4_500, equipment })
  expect(builder.frames(5, 20, stuck).told()).toEqual(['opened entrapment critical @11'])
})

/** Logs in which everything happens: rides, stops, doors, people, silence, backlog, clock errors, events. */
const anyLog = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 45 }),
      fields: fc.constantFrom(riding, stuck, open, { ...riding, speed: 2.3 }, { ...stuck, load: 1_300 }, { speed: 0 }),
      silent: fc.boolean(),
      clockError: fc.constantFrom(0, 0, 0, hour, -hour),
      code: fc.constantFrom(undefined, undefined, 'alarm_button', 'entrapment'),
      active: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((stretches) => {
    const builder = log()
    let at = 1
    for (const { seconds, fields, silent, clockError, code, active } of stretches) {
      if (code !== undefined) builder.event(at, code, active)
      if (silent) builder.ticks(at + seconds)
      else builder.frames(at, at + seconds, fields, clockError)
      at += seconds
    }
    return builder.ticks(at + 30).records
  })

/** Folds the records in messages that end at the given places, restarting from a snapshot after each. */
function foldInPieces(records: readonly LogRecord[], ends: readonly number[]) {
  let fold = new PartitionFold()
  let from = 0
  const told = []
  for (const end of [...ends.toSorted((a, b) => a - b), records.length]) {
    told.push(...fold.apply(records.slice(from, end)))
    fold = new PartitionFold(fold.snapshot())
    from = Math.max(from, end)
  }
  return told
}

test('however the log is cut into messages and wherever the engine restarts, the incidents are the same', () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.nat(400), { maxLength: 20 }), (records, cuts) => {
      const ends = cuts.map((cut) => Math.min(cut, records.length))
      expect(foldInPieces(records, ends)).toEqual(new PartitionFold().apply(records))
    }),
    { numRuns: 300 },
  )
})

/** Records of each type that a device can have, of others than the lift. */
const ofOthers = ['EL-silent', 'EL-rubbish', 'EL-moved']
const other = (deviceId: string) => ({ kind: lift.kind, deviceId, siteId: lift.siteId, receivedAt: start })
const changesOfOthers: readonly LogRecord[] = [
  { ...other('EL-silent'), type: 'status', status: 'offline', cause: 'will' },
  { ...other('EL-rubbish'), type: 'unreadable', unreadable: { count: 1, reason: 'no JSON' } },
  { type: 'equipment', receivedAt: start, equipment: { ...lift, deviceId: 'EL-moved', address: 'elsewhere' } },
]

test('a snapshot that is written while the log goes on is of the moment at which it was begun', () => {
  fc.assert(
    fc.property(anyLog, fc.nat(400), fc.nat(2), (records, cut, written) => {
      const fold = new PartitionFold()
      for (const deviceId of ofOthers) {
        fold.apply([{ type: 'equipment', receivedAt: start, equipment: { ...lift, deviceId } }])
      }
      fold.apply(records.slice(0, cut))
      const then = fold.snapshot()
      const snapshot = fold.beginSnapshot()
      snapshot.write(written)
      fold.apply([...changesOfOthers, ...records.slice(cut)])
      while (!snapshot.write(1));
      expect([...snapshot.parts()].join('')).toBe(then)
    }),
    { numRuns: 300 },
  )
})

test('frames that come twice change nothing', () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.nat(400), { maxLength: 50 }), (records, repeated) => {
      const again = new Set(repeated)
      const twice = records.flatMap((record, i) =>
        again.has(i) && record.type === 'frame' ? [record, record] : [record],
      )
      expect(new PartitionFold().apply(twice)).toEqual(new PartitionFold().apply(records))
    }),
    { numRuns: 300 },
  )
})

test('every incident is told once per revision, and is opened before it is anything else', () => {
  fc.assert(
    fc.property(anyLog, (records) => {
      const seen = new Map<string, number>()
      for (const { id, type, data } of new PartitionFold().apply(records)) {
        const revision = (seen.get(data.incidentId) ?? 0) + 1
        expect(id).toBe(`${data.incidentId}/${revision}`)
        expect(type === 'incident.opened').toBe(revision === 1)
        seen.set(data.incidentId, revision)
      }
    }),
    { numRuns: 300 },
  )
})
