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
