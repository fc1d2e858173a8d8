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
  expect(log().frames(1, 5, riding).frames(5, 34, stuck).frames(34, 60, riding).told()).toEqual([])
})

test('it fires at 30 s by the ticks alone when the device falls silent', () => {
  expect(log().frames(1, 5, riding).frames(5, 8, stuck).ticks(36).told()).toEqual(['opened entrapment critical @35'])
})

test('at a landing doors that stay shut for 40 s entrap, 39 s do not', () => {
  const level = { ...stuck, inDoorZone: true }
  expect(log().frames(5, 44, level).frames(44, 70, open).told()).toEqual([])
  expect(log().frames(5, 50, level).told()).toEqual(['opened entrapment critical @45'])
})

test('an empty car, a moving one and an open door are none', () => {
  expect(
    log()
      .frames(1, 90, { ...stuck, occupied: false })
      .told(),
  ).toEqual([])
  expect(log().frames(1, 90, riding).told()).toEqual([])
  expect(log().frames(1, 90, open).told()).toEqual([])
})

test('people or load speak where the detector does not', () => {
  const { occupied: _, ...unknown } = stuck
  expect(
    log()
      .frames(5, 40, { ...unknown, people: 1 })
      .told(),
  ).toHaveLength(1)
  expect(
    log()
      .frames(5, 40, { ...unknown, load: 70 })
      .told(),
  ).toHaveLength(1)
  expect(
    log()
      .frames(5, 40, { ...unknown, load: 5 })
      .told(),
  ).toEqual([])
  expect(log().frames(5, 40, unknown).told()).toEqual([])
})

test('it is not judged in inspection and firefighter mode', () => {
  expect(
    log()
      .frames(5, 90, { ...stuck, mode: 'inspection' })
      .told(),
  ).toEqual([])
  expect(
    log()
      .frames(5, 90, { ...stuck, mode: 'firefighter' })
      .told(),
  ).toEqual([])
})

test('the controller’s own code 93 needs no waiting and counts in any mode', () => {
  const told = log()
    .frames(1, 3, { ...stuck, mode: 'inspection' })
    .event(3, 'entrapment', true)
    .incidents()
  expect(told.map(({ data }) => [data.rule, data.confidence])).toEqual([['entrapment', 'confirmed']])
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
  expect(log().frames(5, 40, stuck).frames(40, 55, open).told()).toEqual([
    'opened entrapment critical @35',
    'cleared entrapment critical @40',
  ])
})

test('doors forced open between floors let nobody out', () => {
  expect(
    log()
      .frames(5, 40, stuck)
      .frames(40, 90, { ...stuck, door: 'open' })
      .told(),
  ).toHaveLength(1)
})

test('a detector that loses the person for 9 s does not make two of it', () => {
  const lost = { ...stuck, occupied: false }
  expect(log().frames(5, 40, stuck).frames(40, 49, lost).frames(49, 90, stuck).told()).toHaveLength(1)
  expect(log().frames(5, 40, stuck).frames(40, 51, lost).frames(51, 90, stuck).told()).toHaveLength(3)
})

test('a field that is missing in some frames is unknown, and ends nothing', () => {
  const { speed: _, ...blind } = stuck
  expect(log().frames(5, 20, stuck).frames(20, 30, blind).frames(30, 90, stuck).told()).toEqual([
    'opened entrapment critical @35',
  ])
})
