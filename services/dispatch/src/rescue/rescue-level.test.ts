import { expect, test } from 'vitest'
import { lift, ready, units, unitsById } from '../testing/lift-world.ts'
import { rosterOf } from './rescue-level.ts'

test('level 1 is the contract maintenance unit, levels 2 and 3 the nearest station and fire unit', () => {
  const roster = rosterOf(lift, unitsById, ready)
  expect([roster[1]?.id, roster[2]?.id, roster[3]?.id]).toEqual(['unit-lift', 'station-near', 'fire-1'])
})

test('a maintenance unit that is not registered, or is of another kind, leaves level 1 empty', () => {
  expect(rosterOf({ ...lift, maintenanceUnit: 'gone' }, unitsById, ready)[1]).toBeUndefined()
  expect(rosterOf({ ...lift, maintenanceUnit: 'fire-1' }, unitsById, ready)[1]).toBeUndefined()
})

test('where the place is unknown a station is found all the same, always the same one', () => {
  const backwards = new Map(units.toReversed().map((unit) => [unit.id, unit]))
  expect(rosterOf({}, unitsById, ready)[2]?.id).toBe('station-far')
  expect(rosterOf({}, backwards, ready)[2]?.id).toBe('station-far')
})

test('a station without a location is taken only where there is no other', () => {
  const nowhere = { id: 'a-station', name: 'n', kind: 'station', phone: '1' } as const
  expect(rosterOf(lift, new Map([...unitsById, [nowhere.id, nowhere]]), ready)[2]?.id).toBe('station-near')
  expect(rosterOf(lift, new Map([[nowhere.id, nowhere]]), ready)[2]?.id).toBe('a-station')
})

test('a way takes its straight length, longer by the detour, at the speed of town or country', () => {
  const { etaSeconds } = rosterOf(lift, unitsById, ready)
  const station = unitsById.get('station-near')
  if (station === undefined) throw new Error('no station')
  // 0.01° of latitude and of longitude at 29.6° north: 1.47 km; times 1.4, at 25 and at 40 km/h.
  expect(etaSeconds(station)).toBe(297)
  expect(rosterOf({ ...lift, rural: true }, unitsById, ready).etaSeconds(station)).toBe(186)
  expect(etaSeconds({ id: 'n', name: 'n', kind: 'station', phone: '1' })).toBeUndefined()
})
