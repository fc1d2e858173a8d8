import { expect, test } from 'vitest'
import { lift } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

const standing = { mode: 'normal', speed: 0, inDoorZone: true, occupied: false, load: 0 } as const
const closing = { ...standing, door: 'closing', position: 9 } as const

test('a ride whose frames are lost is no movement with open doors', () => {
  const log = new LogBuilder(lift)
    .frames(1, 5, { ...standing, door: 'open', position: 9 })
    .frame(5, closing)
    .frames(12, 20, { ...standing, door: 'opening', position: 12 })
  expect(log.told('unintended_movement')).toEqual([])
})

test('a car that moves off from the landing at which it was seen after lost frames still moves unintendedly', () => {
  const log = new LogBuilder(lift).frame(5, closing).frames(12, 20, { ...standing, door: 'open', position: 12 })
  for (let second = 20; second < 25; second++) {
    const position = 12 - 0.3 * (second - 19)
    log.frame(second, { ...standing, speed: -0.3, door: 'open', position, inDoorZone: position > 11.7 })
  }
  expect(log.told('unintended_movement')[0]).toMatch(/^opened unintended_movement critical @2[12]/)
})

test('a car that was seen to leave with open doors is not well again because it is caught in another door zone', () => {
  const log = new LogBuilder(lift).frames(1, 5, { ...standing, door: 'open', position: 9 })
  log.frame(5, { ...standing, door: 'open', speed: -0.6, position: 8.4, inDoorZone: false })
  log.frames(6, 10, { ...standing, door: 'open', position: 6.1 })
  expect(log.told('unintended_movement')).toEqual(['opened unintended_movement critical @6'])
})

test('one reading of a dirty door contact does not hide that the car moves off', () => {
  const drifting = (second: number) => {
    const position = 9 - 0.06 * second ** 2
    return { ...standing, door: 'open', speed: -0.12 * second, position, inDoorZone: position > 8.8 } as const
  }
  const told = (shut: readonly number[]) => {
    const log = new LogBuilder(lift).frames(1, 5, drifting(0))
    for (let i = 0; i < 10; i++) {
      log.frame(5 + i / 2, { ...drifting(i / 2), ...(shut.includes(i) ? { door: 'closed' } : {}) })
    }
    return log.told('unintended_movement').length
  }
  expect(told([2])).toBe(1)
  expect(told([2, 3])).toBe(0)
})

test('a door that shut and opens anew for somebody who comes begins a stop with its first reading', () => {
  const log = new LogBuilder(lift).frames(1, 5, { ...standing, door: 'closing', position: 9 })
  log.frame(5, { ...standing, door: 'closed', position: 9 }).frame(9, { ...standing, door: 'opening', position: 9 })
  for (let second = 10; second < 14; second++) {
    const position = 9 - 0.3 * (second - 9)
    log.frame(second, { ...standing, door: 'open', speed: -0.3, position, inDoorZone: false })
  }
  expect(log.told('unintended_movement')[0]).toMatch(/^opened/)
})

test('a door that was shut for a second and opens on the ride is another fault', () => {
  const log = new LogBuilder(lift).frames(1, 5, { ...standing, door: 'closing', position: 9 })
  log.frame(5, { ...standing, door: 'closed', position: 9 })
  const away = { ...standing, door: 'opening', inDoorZone: false } as const
  log.frame(6, { ...away, speed: -0.6, position: 8.7 }).frame(7, { ...away, speed: -1.5, position: 7.6 })
  log.frames(8, 12, { ...standing, door: 'opening', position: 6 })
  expect(log.told('unintended_movement')).toEqual([])
  expect(log.told('moving_with_door_open')[0]).toMatch(/^opened/)
})

test('a car that does not tell its zone moves off where its position does', () => {
  const { inDoorZone: _, ...blind } = { ...standing, door: 'open' }
  const log = new LogBuilder(lift).frames(1, 5, { ...blind, position: 9 })
  for (let second = 5; second < 10; second++) log.frame(second, { ...blind, speed: -0.2, position: 10 - second / 5 })
  expect(log.told('unintended_movement')).toEqual(['opened unintended_movement critical @8'])
})
