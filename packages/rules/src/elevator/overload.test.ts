import { expect, test } from 'vitest'
import { lift } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

const small = { ...lift, parameters: { ...lift.parameters, ratedLoad: 630 } }

test('from 750 kg on the limit is 110 % of rated load', () => {
  expect(new LogBuilder(lift).frames(5, 20, { load: 1_099, speed: 0 }).told()).toEqual([])
  expect(new LogBuilder(lift).frames(5, 20, { load: 1_100, speed: 0 }).told()).toEqual(['opened overload warning @7'])
})

test('below 750 kg it is rated load and 75 kg', () => {
  expect(new LogBuilder(small).frames(5, 20, { load: 704, speed: 0 }).told()).toEqual([])
  expect(new LogBuilder(small).frames(5, 20, { load: 705, speed: 0 }).told()).toHaveLength(1)
})

test('moving with it is critical, once that has lasted as long as the overload had to', () => {
  const moving = { load: 1_200, speed: 1 }
  const log = () => new LogBuilder(lift).frames(5, 10, { load: 1_200, speed: 0 })
  const standing = 'opened overload warning @7'
  expect(log().frames(10, 13, moving).told()).toEqual([standing, 'updated overload critical @7'])
  expect(log().frame(10, moving).ticks(13).told()).toEqual([standing, 'updated overload critical @7'])
  expect(log().frame(10, moving).frames(11, 20, { load: 1_200, speed: 0 }).told()).toEqual([standing])
})

test('it moves where its position does, if it does not send its speed', () => {
  const log = new LogBuilder(lift)
  for (let second = 1; second < 10; second++) log.frame(second, { load: 1_200, position: second })
  expect(log.told()).toContainEqual(expect.stringMatching(/^(opened|updated) overload critical/))
})
