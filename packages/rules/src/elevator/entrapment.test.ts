import { expect, test } from 'vitest'
import { lift } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

const riding = { mode: 'normal', speed: 1.75, door: 'closed', inDoorZone: false, occupied: true } as const
const stuck = { ...riding, speed: 0 } as const
const open = { ...stuck, door: 'open', inDoorZone: true } as const
const log = () => new LogBuilder(lift)

test('a car that stands between floors with a person for 30 s is an entrapment, told within a second', () => {
  const told = log().frames(1, 5, riding).frames(5, 40, stuck).incidents()
  expect(told).toHaveLength(1)
  expect(told[0]?.data).toMatchObject({
    rule: 'entrapment',
    severity: 'critical',
    lifeSafety: true,
    confidence: 'suspected',
    openedAt: 1_795_000_035_000,
    limit: { value: 30, unit: 's' },
  })
  expect(Date.parse(told[0]?.time ?? '')).toBe(1_795_000_035_000)
})

test('29 s between floors are none', () => {
  expect(log().frames(1, 5, riding).frames(5, 34, stuck).frames(34, 60, riding).told('entrapment')).toEqual([])
})

test('it fires at 30 s by the ticks alone when the device falls silent', () => {
  expect(log().frames(1, 5, riding).frames(5, 8, stuck).ticks(36).told('entrapment')).toEqual([
    'opened entrapment critical @35',
  ])
})

test('at a landing doors that stay shut for 40 s entrap, 39 s do not', () => {
  const level = { ...stuck, inDoorZone: true }
  expect(log().frames(5, 44, level).frames(44, 70, open).told('entrapment')).toEqual([])
  expect(log().frames(5, 50, level).told('entrapment')).toEqual(['opened entrapment critical @45'])
})

test('an empty car, a moving one and an open door are none', () => {
  expect(
    log()
      .frames(1, 90, { ...stuck, occupied: false })
      .told('entrapment'),
  ).toEqual([])
  expect(log().frames(1, 90, riding).told('entrapment')).toEqual([])
  expect(log().frames(1, 90, open).told('entrapment')).toEqual([])
})

test('people or load speak where the detector does not', () => {
  const { occupied: _, ...unknown } = stuck
  expect(
    log()
      .frames(5, 40, { ...unknown, people: 1 })
      .told('entrapment'),
  ).toHaveLength(1)
  expect(
    log()
      .frames(5, 40, { ...unknown, load: 70 })
      .told('entrapment'),
  ).toHaveLength(1)
  expect(
    log()
      .frames(5, 40, { ...unknown, load: 5 })
      .told('entrapment'),
  ).toEqual([])
  expect(log().frames(5, 40, unknown).told('entrapment')).toEqual([])
})

test('it is not judged in inspection and firefighter mode', () => {
  expect(
    log()
      .frames(5, 90, { ...stuck, mode: 'inspection' })
      .told('entrapment'),
  ).toEqual([])
  expect(
    log()
      .frames(5, 90, { ...stuck, mode: 'firefighter' })
      .told('entrapment'),
  ).toEqual([])
})

test('the controller’s own code 93 needs no waiting, but in inspection it is the mechanic’s', () => {
  const told = log().frames(1, 3, stuck).event(3, 'entrapment', true).incidents()
  expect(told.map(({ data }) => [data.rule, data.confidence])).toEqual([['entrapment', 'confirmed']])
  const inspected = log().frames(1, 3, { ...stuck, mode: 'inspection' })
  expect(
    inspected
      .event(3, 'entrapment', true)
      .frames(4, 9, { ...stuck, mode: 'inspection' })
      .told('entrapment'),
  ).toEqual([])
})

test('a code 93 whose end is never sent counts until a ride resumes, and not again after it', () => {
  const builder = log().frames(1, 3, stuck).event(3, 'entrapment', true).frames(4, 20, stuck).frames(20, 40, riding)
  expect(builder.frames(40, 45, open).frames(45, 60, riding).frames(60, 70, open).told('entrapment')).toEqual([
    'opened entrapment critical @1',
    'cleared entrapment critical @20',
  ])
})

test('doors that were forced before the car was seen to stand let nobody out either', () => {
  const forced = { ...stuck, door: 'opening' } as const
  expect(log().frames(1, 5, riding).frames(5, 40, forced).told('entrapment')).toEqual([
    'opened entrapment critical @35',
  ])
})

test('a speed that jitters for a frame in twenty, a detector that blinks, begin no wait anew', () => {
  const builder = log().frames(1, 5, riding)
  for (let at = 5; at < 60; at++)
    builder.frame(at, { ...stuck, speed: at % 20 === 0 ? 0.15 : 0, occupied: at % 9 !== 0 })
  expect(builder.told('entrapment')).toEqual(['opened entrapment critical @35'])
})

test('one frame of a car about to start, and then silence, is no entrapment', () => {
  expect(
    log()
      .frames(1, 19, open)
      .frame(19, { ...stuck, inDoorZone: true })
      .ticks(90)
      .told('entrapment'),
  ).toEqual([])
})

test('an alarm during the stop makes the entrapment that follows a confirmed one', () => {
  const told = log()
    .frames(1, 5, riding)
    .frames(5, 8, { ...stuck, alarmButton: true })
    .frames(8, 40, stuck)
    .incidents()
  expect(told.find(({ data }) => data.rule === 'entrapment')?.data.confidence).toBe('confirmed')
})

test('the alarm button confirms what was suspected, in the same incident', () => {
  const told = log()
    .frames(5, 40, stuck)
    .frames(40, 42, { ...stuck, alarmButton: true })
    .incidents()
  const entrapment = told.filter(({ data }) => data.rule === 'entrapment')
  expect(entrapment.map(({ type, data }) => [type, data.confidence])).toEqual([
    ['incident.opened', 'suspected'],
    ['incident.updated', 'confirmed'],
  ])
  expect(entrapment[1]?.data.incidentId).toBe(entrapment[0]?.data.incidentId)
})

test('it ends when the door opens at a landing, 10 s after', () => {
  expect(log().frames(5, 40, stuck).frames(40, 55, open).told('entrapment')).toEqual([
    'opened entrapment critical @35',
    'cleared entrapment critical @40',
  ])
})

test('doors forced open between floors let nobody out', () => {
  expect(
    log()
      .frames(5, 40, stuck)
      .frames(40, 90, { ...stuck, door: 'open' })
      .told('entrapment'),
  ).toHaveLength(1)
})

test('nobody leaves a car that stands shut: a detector that loses the person ends nothing', () => {
  const lost = { ...stuck, occupied: false }
  expect(log().frames(5, 40, stuck).frames(40, 90, lost).told()).toEqual(['opened entrapment critical @35'])
  expect(log().frames(5, 40, stuck).frames(40, 60, lost).frames(60, 75, open).told()).toEqual([
    'opened entrapment critical @35',
    'cleared entrapment critical @60',
  ])
})

test('who was surely seen is in the car until its doors open, however long the detector has lost them', () => {
  const lost = { ...stuck, occupied: false }
  expect(log().frames(1, 5, riding).frames(5, 20, lost).frames(20, 40, lost).told('entrapment')).toEqual([
    'opened entrapment critical @35',
  ])
  const level = { ...lost, inDoorZone: true }
  const left = log()
    .frames(1, 5, riding)
    .frames(5, 9, open)
    .frames(9, 12, { ...open, occupied: false })
  expect(left.frames(12, 90, level).told('entrapment')).toEqual([])
})

test('who was seen for a second is gone after 7 s, and not after 5 s', () => {
  const lost = { ...stuck, occupied: false }
  const seenOnce = () =>
    log()
      .frames(1, 5, { ...riding, occupied: false })
      .frame(5, stuck)
  expect(seenOnce().frames(6, 10, lost).frames(10, 40, stuck).told('entrapment')).toEqual([
    'opened entrapment critical @35',
  ])
  expect(seenOnce().frames(6, 13, lost).frames(13, 40, stuck).told('entrapment')).toEqual([])
})

test('after a silence in which the doors may have opened nobody is sure to be in any more', () => {
  const empty = { ...stuck, inDoorZone: true, occupied: false }
  expect(log().frames(1, 5, riding).frames(14, 90, empty).told('entrapment')).toEqual([])
})

test('after a power cut a car that says nothing of its speed stands', () => {
  const dark = { power: 'off', door: 'closed', inDoorZone: false, people: 2 } as const
  expect(log().frames(1, 5, riding).frames(5, 40, dark).told('entrapment')).toEqual(['opened entrapment critical @35'])
})

test('a car that tells its position alone, every ten seconds, stands where it was', () => {
  const still = { door: 'closed', inDoorZone: false, people: 2, position: 7.4 } as const
  const log = new LogBuilder(lift).frame(1, { ...still, position: 2 })
  for (let at = 11; at < 70; at += 10) log.frame(at, still)
  expect(log.told('entrapment')).toEqual(['opened entrapment critical @51'])
})

test('the mode of an event counts where frames do not say it', () => {
  const { mode: _, ...silent } = stuck
  const builder = log().frames(1, 3, silent).event(3, 'mode_inspection', true).frames(4, 60, silent)
  expect(builder.told('entrapment')).toEqual([])
  expect(builder.event(60, 'mode_auto', true).frames(61, 95, silent).told('entrapment')).toEqual([
    'opened entrapment critical @90',
  ])
})

test('a field that is missing in some frames is unknown, and ends nothing', () => {
  const { speed: _, ...blind } = stuck
  expect(log().frames(5, 20, stuck).frames(20, 30, blind).frames(30, 90, stuck).told('entrapment')).toEqual([
    'opened entrapment critical @35',
  ])
})

test('a short ride, or a door that opens at a landing, begins the wait anew', () => {
  const level = { ...stuck, inDoorZone: true }
  expect(log().frames(1, 26, level).frames(26, 30, riding).frames(30, 58, stuck).told('entrapment')).toEqual([])
  expect(log().frames(1, 30, level).frames(30, 32, open).frames(32, 60, level).told('entrapment')).toEqual([])
})

test('a detector that loses somebody just as the car stops does not delay the alarm', () => {
  const lost = { ...stuck, occupied: false, people: 0 }
  expect(log().frames(1, 5, riding).frames(5, 9, lost).frames(9, 40, stuck).told('entrapment')).toEqual([
    'opened entrapment critical @35',
  ])
})

test('whoever was seen before the doors opened at a landing is not taken to be in', () => {
  const empty = { ...stuck, inDoorZone: true, occupied: false, people: 0 }
  const ghost = { ...empty, occupied: true, people: 1 }
  expect(
    log()
      .frames(1, 5, riding)
      .frames(5, 6, open)
      .frames(6, 60, empty)
      .frame(60, ghost)
      .frames(61, 120, empty)
      .told('entrapment'),
  ).toEqual([])
})

test('the last frame of a car that a power cut stops with somebody in it is enough', () => {
  const dark = { ...stuck, power: 'off' } as const
  expect(log().frames(1, 5, riding).frame(5, dark).ticks(90).told('entrapment')).toEqual([
    'opened entrapment critical @35',
  ])
  expect(log().frames(1, 5, riding).event(5, 'main_power_off', true).frame(5.2, stuck).ticks(90).told()).toContainEqual(
    expect.stringMatching(/^opened entrapment critical/),
  )
  expect(
    log()
      .frames(1, 5, riding)
      .frame(5, { ...dark, power: 'emergency' })
      .ticks(90)
      .told('entrapment'),
  ).toEqual([])
})

test('a car that is seen every ten seconds, each time at another landing, has ridden in between', () => {
  const { inDoorZone: _, ...blind } = stuck
  const told = (floor: (at: number) => number) => {
    const builder = log()
    for (let at = 0; at < 80; at += 10) builder.frame(at, { ...blind, floor: floor(at) })
    return builder.told('entrapment')
  }
  expect(told((at) => at / 10)).toEqual([])
  expect(told((at) => (at < 20 ? at / 10 : 2))).toEqual(['opened entrapment critical @60'])
})
