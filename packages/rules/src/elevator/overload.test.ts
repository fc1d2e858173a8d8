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

test('moving with it is critical', () => {
  expect(
    new LogBuilder(lift).frames(5, 10, { load: 1_200, speed: 0 }).frames(10, 12, { load: 1_200, speed: 1 }).told(),
  ).toEqual(['opened overload warning @7', 'updated overload critical @7'])
})
