import { expect, test } from 'vitest'
import { limitLineOf, spanAround } from './chart-fields.ts'

const source = 'anywhere'

test('a limit is drawn where the chart shows the quantity that it limits', () => {
  const speed = { kind: 'elevator', rule: 'overspeed', limit: { value: 2.01, unit: 'm/s', source } } as const
  expect(limitLineOf(speed)).toEqual({ field: 'speed', value: 2.01 })
  const moment = { kind: 'tower-crane', rule: 'moment', limit: { value: 1800, unit: 'kg', source } } as const
  expect(limitLineOf(moment)).toEqual({ field: 'hookLoad', value: 1800 })
  const people = { kind: 'hoist', rule: 'too_many_people', limit: { value: 9, unit: 'persons', source } } as const
  expect(limitLineOf(people)).toEqual({ field: 'people', value: 9 })
})

test('a time that has passed, a share, or no limit at all is no line', () => {
  expect(limitLineOf({ kind: 'elevator', rule: 'entrapment', limit: { value: 30, unit: 's', source } })).toBeUndefined()
  expect(limitLineOf({ kind: 'elevator', rule: 'overload', limit: { value: 1.1, unit: '×', source } })).toBeUndefined()
  expect(limitLineOf({ kind: 'elevator', rule: 'overspeed' })).toBeUndefined()
})

test('the chart of an event just begun ends now, later half a minute after it', () => {
  expect(spanAround(1_000_000, 1_005_000)).toEqual({ from: 880_000, to: 1_005_000 })
  expect(spanAround(1_000_000, 9_000_000)).toEqual({ from: 880_000, to: 1_030_000 })
})
