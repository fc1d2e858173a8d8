import { expect, test } from 'vitest'
import { hoist } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'
import { tripSpeed } from './overspeed.ts'

const log = () => new LogBuilder(hoist)

test('overload warns at 90 % and alarms at 110 %', () => {
  expect(log().frames(5, 20, { load: 1_799 }).told()).toEqual([])
  expect(log().frames(5, 20, { load: 1_800 }).frames(20, 25, { load: 2_200 }).told()).toEqual([
    'opened overload warning @7',
    'updated overload major @7',
  ])
})

test('overspeed is critical at the trip speed by the table of rated speeds', () => {
  expect([0.6, 0.65, 0.66, 0.9, 1].map(tripSpeed)).toEqual([1, 1, 1.3, 1.3, 1.4])
  expect(log().frame(5, { speed: 0.99 }).told()).toEqual([])
  expect(log().frame(5, { speed: -1 }).told()).toEqual(['opened overspeed critical @5'])
})

test('the driver counts among the people', () => {
  expect(log().frames(5, 20, { people: 9 }).told()).toEqual([])
  expect(log().frames(5, 20, { people: 10 }).told()).toEqual(['opened too_many_people warning @7'])
})

test('the last frame of a cage that a power cut stops between landings is enough', () => {
  const between = { speed: 0, height: 4.5, people: 2, cageDoor: 'closed', landingGate: 'closed' }
  expect(
    log()
      .frame(5, { ...between, power: 'off' })
      .ticks(40)
      .told('entrapment'),
  ).toEqual(['opened entrapment critical @35'])
  expect(log().frame(5, between).ticks(40).told('entrapment')).toEqual([])
})
