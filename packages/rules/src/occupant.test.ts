import { expect, test } from 'vitest'
import { lift } from './testing/equipment.ts'
import { LogBuilder } from './testing/log-builder.ts'

const riding = { mode: 'normal', speed: 1.75, door: 'closed', inDoorZone: false, occupied: true } as const
const stuck = { ...riding, speed: 0 } as const
const log = () => new LogBuilder(lift)

test('a detector that sees somebody now and then in an empty car traps nobody, at any pace', () => {
  const empty = { ...stuck, inDoorZone: true, occupied: false } as const
  for (const [perSecond, each] of [
    [1, 13],
    [1, 4],
    [10, 25],
  ] as const) {
    const builder = log()
    // Pairs of reflections, too: they are not a person who stays.
    for (let i = 0; i < 120 * perSecond; i++) {
      builder.frame(1 + i / perSecond, { ...empty, occupied: i % (4 * each) === 0 || i % (4 * each) === each })
    }
    expect(builder.told('entrapment')).toEqual([])
  }
})

test('a person whom a detector loses half of the time is trapped all the same', () => {
  const builder = log().frames(1, 5, { ...riding, occupied: false })
  for (let i = 0; i < 500; i++) builder.frame(5 + i / 10, { ...stuck, occupied: i % 2 === 0 })
  expect(builder.told('entrapment')).toEqual(['opened entrapment critical @35'])
})

test('one contrary reading begins no wait anew, though readings are two seconds apart', () => {
  const builder = log().frames(1, 5, riding)
  for (let at = 5; at < 50; at += 2) builder.frame(at, at === 21 ? { ...stuck, speed: 0.15 } : stuck)
  expect(builder.told('entrapment')).toEqual(['opened entrapment critical @35'])
})

test('a contrary reading that comes twice counts once', () => {
  const ajar = { ...stuck, inDoorZone: true, door: 'opening' } as const
  const level = { ...stuck, inDoorZone: true } as const
  const builder = log().frames(1, 20, level).frame(20, ajar)
  builder.records.push(builder.records.at(-1) as (typeof builder.records)[number])
  expect(builder.frames(21, 50, level).told('entrapment')).toEqual(['opened entrapment critical @41'])
})
