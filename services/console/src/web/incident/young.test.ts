import { expect, test } from 'vitest'
import { rescueCase } from '../testing/rescue-case.ts'
import { isYoung } from './young.ts'

test('words of comfort stand there until somebody is with the trapped, or the case is old', () => {
  const { openedAt } = rescueCase()
  const states = ['received', 'assigned', 'accepted', 'departed', 'arrived', 'freed', 'closed'] as const
  expect(states.map((state) => isYoung(rescueCase({ state }), openedAt + 60_000))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  expect(isYoung(rescueCase(), openedAt + 21 * 60_000)).toBe(false)
  expect(isYoung(rescueCase({ lifeSafety: false }), openedAt)).toBe(false)
})
