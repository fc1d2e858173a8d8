import { expect, test } from 'vitest'
import { memoryWindow, remember, unknown } from './memory.ts'

test('a window gives names to the numbers of the device that is judged, and none of another', () => {
  const window = memoryWindow(['seenAt', 'count'], 1)
  const first = [9, unknown, unknown]
  const second = [9, 3, 4]
  remember(first)
  window.count = 5
  remember(second)
  expect({ ...window }).toEqual({ seenAt: 3, count: 4 })
  window.seenAt = 7
  expect([first, second]).toEqual([
    [9, unknown, 5],
    [9, 7, 4],
  ])
})
