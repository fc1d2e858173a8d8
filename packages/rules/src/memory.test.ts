import { expect, test } from 'vitest'
import { layOn, memoryWindow, unknown } from './memory.ts'

test('a window shows a rule its own numbers of the device that it lies on, and no other', () => {
  const window = memoryWindow(['seenAt', 'count'])
  const first = [7, unknown, unknown, 8]
  const second = [7, 1, 2, 8]
  layOn(window, first, 1).count = 5
  expect(first).toEqual([7, unknown, 5, 8])
  expect({ ...layOn(window, second, 1), seenAt: window.seenAt, count: window.count }).toMatchObject({
    seenAt: 1,
    count: 2,
  })
  expect(second).toEqual([7, 1, 2, 8])
})
