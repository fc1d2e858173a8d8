import { expect, test } from 'vitest'
import { lift } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

const open = { mode: 'normal', speed: 4, door: 'open' } as const

test('a fast car with an open door is found, though it passes a landing oftener than once a second', () => {
  const log = new LogBuilder(lift)
  for (let tenth = 0; tenth < 30; tenth++) log.frame(1 + tenth / 10, { ...open, inDoorZone: tenth % 7 === 0 })
  expect(log.told('moving_with_door_open')).toEqual(['opened moving_with_door_open critical @2.1'])
})

test('faster than any levelling it moves between landings, though nothing says where it is', () => {
  const told = (speed: number) => new LogBuilder(lift).frames(1, 8, { ...open, speed }).told()
  expect(told(-0.85)).toEqual(['opened moving_with_door_open critical @2'])
  expect(told(0.75)).toEqual([])
})

test('levelling in the unlocking zone is none', () => {
  const log = new LogBuilder(lift).frames(1, 8, { ...open, speed: 0.75, inDoorZone: true })
  expect(log.told('moving_with_door_open')).toEqual([])
})

test('a speed that has stuck at that of a ride moves no car that stands in the unlocking zone', () => {
  const log = new LogBuilder(lift).frames(1, 9, { ...open, inDoorZone: true, position: 9 })
  expect(log.told('moving_with_door_open')).toEqual([])
})
