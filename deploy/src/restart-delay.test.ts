import { expect, test } from 'vitest'
import { RestartDelay } from './restart-delay.ts'

test('the wait doubles with each death in a row, from a quarter of a second to two seconds', () => {
  const delay = new RestartDelay()
  const waits = Array.from({ length: 8 }, () => delay.next(100))
  expect(waits).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000])
})

test('half a minute of health starts anew', () => {
  const delay = new RestartDelay()
  delay.next(100)
  delay.next(29_999)
  expect(delay.next(30_000)).toBe(250)
  expect(delay.next(100)).toBe(500)
})
