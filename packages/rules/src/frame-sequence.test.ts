import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PartitionFold } from './partition-fold.ts'
import { lift } from './testing/equipment.ts'
import { LogBuilder, start } from './testing/log-builder.ts'

const riding = { mode: 'normal', speed: 1.7, door: 'closed', inDoorZone: false, occupied: true } as const
const stuck = { ...riding, speed: 0 } as const
const open = { ...stuck, door: 'open', inDoorZone: true } as const
const fast = { ...riding, speed: 2.2 } as const

/** What became of each incident, without when it was told. */
const essence = (log: LogBuilder) =>
  new PartitionFold()
    .apply(log.records)
    .map(({ id, type, data }) => [id, type, data.openedAt, data.clearedAt].join(' '))
    .toSorted()

/** Frames of a device that counts them, five a second, each received as late as its delay says. */
function delivered(frames: readonly { readonly fields: object; readonly delayMs: number }[]): LogBuilder {
  const log = new LogBuilder(lift)
  const arriving = frames.map(({ fields, delayMs }, seq) => ({
    seq,
    fields,
    at: 1 + seq / 5,
    arrives: 1 + seq / 5 + delayMs / 1000,
  }))
  for (const { seq, fields, at, arrives } of arriving.toSorted((a, b) => a.arrives - b.arrives)) {
    log.frame(arrives, { ...fields, seq }, (at - arrives) * 1000)
  }
  return log.ticks(frames.length / 5 + 20)
}

test('frames that overtake each other within half a second give the incidents that they give in order', () => {
  const stretch = fc.record({
    fields: fc.constantFrom(riding, stuck, open, fast, { ...stuck, alarmButton: true }),
    seconds: fc.integer({ min: 1, max: 45 }),
  })
  fc.assert(
    fc.property(
      fc.array(stretch, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 450 }), { minLength: 1_400, maxLength: 1_400 }),
      (stretches, delays) => {
        const frames = stretches.flatMap(({ fields, seconds }) => Array.from({ length: 5 * seconds }, () => fields))
        const inOrder = delivered(frames.map((fields) => ({ fields, delayMs: 0 })))
        const disordered = delivered(
          // The first three come in order: from them it shows that the device counts.
          frames.map((fields, i) => ({ fields, delayMs: i < 3 ? 0 : (delays[i] ?? 0) })),
        )
        expect(essence(disordered)).toEqual(essence(inOrder))
      },
    ),
    { numRuns: 200 },
  )
})

test('a frame that never comes holds up the others for 2 s and no longer', () => {
  const log = new LogBuilder(lift)
  for (let seq = 0; seq < 4; seq++) log.frame(seq + 1, { ...riding, seq })
  log
    .frame(6, { ...fast, seq: 5 })
    .frame(7, { ...fast, seq: 6 })
    .ticks(12)
  const [opened] = log.incidents()
  expect(opened?.data).toMatchObject({ rule: 'overspeed', openedAt: start + 6_000 })
  expect(Date.parse(opened?.time ?? '') - start).toBe(8_000)
})

test('a frame that is lost just before an entrapment is due makes it no later than by a second', () => {
  for (const lost of [88, 89, 90]) {
    const log = new LogBuilder(lift)
    for (let at = 0; at < 100; at++) if (at !== lost) log.frame(at, { ...(at < 60 ? riding : stuck), seq: at })
    const [opened] = log.incidents()
    expect(opened?.data).toMatchObject({ rule: 'entrapment', openedAt: start + 90_000 })
    expect(Date.parse(opened?.time ?? '') - start).toBeLessThanOrEqual(91_000)
  }
})

test('a counter that other devices share counts nothing, and holds nothing up', () => {
  const log = new LogBuilder(lift)
  for (let i = 0; i < 5; i++) log.frame(i + 1, { ...riding, seq: 40 * i })
  const [opened] = log.frame(6, { ...fast, seq: 203 }).incidents()
  expect(Date.parse(opened?.time ?? '') - start).toBe(6_000)
})

test('an alarm in a frame that comes late and uncounted is not lost', () => {
  const log = new LogBuilder(lift).frames(1, 10, riding).frame(10.5, { ...riding, alarmButton: true }, -3_000)
  expect(log.frames(11, 25, riding).told('alarm_button')).toEqual([
    'opened alarm_button major @7.5',
    'cleared alarm_button major @9',
  ])
})

test('what a machine reports of itself in a frame that comes late is not lost either', () => {
  const log = new LogBuilder(lift).frames(1, 10, riding).frame(10.5, { ...riding, faults: ['top_overrun'] }, -3_000)
  expect(log.frames(11, 15, riding).told()).toEqual(['opened overtravel_top critical @7.5'])
})
