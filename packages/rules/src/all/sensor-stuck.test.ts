import { expect, test } from 'vitest'
import { hoist, lift } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

const inside = { mode: 'normal', door: 'closed', inDoorZone: true, speed: 0, occupied: true, load: 205 } as const
const seen = { ...inside, people: 3 }
const lost = { ...inside, people: 0, occupied: false }

test('a detector that loses three people who stand still for moments does not make their load a stuck one', () => {
  const log = new LogBuilder(lift).frames(1, 20, seen).frames(20, 28, lost).frames(28, 60, seen)
  expect(log.told('sensor_stuck')).toEqual([])
})

test('a load that stays the same long after three people have stepped out is stuck', () => {
  const log = new LogBuilder(lift).frames(1, 20, seen).frames(20, 45, { ...lost, door: 'open' })
  expect(log.told('sensor_stuck')).toEqual(['opened sensor_stuck warning @30'])
})

test('a height that stays through a long even ride is stuck before the ride ends', () => {
  const log = new LogBuilder(hoist)
  for (let second = 1; second < 40; second++) log.frame(second, { speed: 0.6 + (second % 3) / 100, height: 6 })
  expect(log.told('sensor_stuck')).toEqual([expect.stringMatching(/^opened sensor_stuck warning/)])
  expect(log.incidents()[0]?.data.measured.field).toBe('height')
})

test('a floor that stays the same is one incident, though the car comes back to it again and again', () => {
  const log = new LogBuilder(lift)
  for (let second = 1; second < 600; second++) {
    const position = 13.5 * (1 - Math.cos((2 * Math.PI * second) / 200))
    log.frame(second, { floor: 0, position, speed: 0.135 * Math.PI * Math.sin((2 * Math.PI * second) / 200) })
  }
  expect(log.told('sensor_stuck')).toHaveLength(1)
  log.frames(600, 680, { floor: 1, position: 3, speed: 0 })
  expect(log.told('sensor_stuck').at(-1)).toBe('cleared sensor_stuck warning @600')
})

test('one wrong count while the load has just become steady makes no stuck load', () => {
  const log = new LogBuilder(lift).frames(1, 5, { ...seen, load: 190 }).frame(5, { ...seen, people: 0 })
  expect(log.frames(6, 40, seen).told('sensor_stuck')).toEqual([])
})
