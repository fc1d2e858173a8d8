import type { Shift } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { dutyOf } from './duty.ts'

const shift = (from: number, to: number, name = 'li'): Shift => ({
  id: `${from}`,
  unitId: 'u',
  from,
  to,
  people: [{ name, phone: '1' }],
})

test('a unit without a roster is always on duty', () => {
  expect(dutyOf([], 5)).toEqual({ state: 'always' })
})

test('who is on duty is told with the end of the last shift that runs', () => {
  expect(dutyOf([shift(0, 10), shift(5, 20, 'wu'), shift(20, 30)], 5)).toEqual({
    state: 'on',
    until: 20,
    people: [
      { name: 'li', phone: '1' },
      { name: 'wu', phone: '1' },
    ],
  })
})

test('a gap is told with the next shift; a shift’s end is not in it', () => {
  expect(dutyOf([shift(0, 10), shift(20, 30), shift(15, 16)], 10)).toEqual({ state: 'off', next: 15 })
  expect(dutyOf([shift(0, 10)], 10)).toEqual({ state: 'off', next: undefined })
})
