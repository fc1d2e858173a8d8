import { expect, test } from 'vitest'
import { rescueCase } from '../../testing/rescue-case.ts'
import { peopleFreed } from './people-freed.ts'

test('what was recorded counts more than what a caller said, and that more than what the car counted', () => {
  const freed = { at: 1, by: 'a', what: 'freed', details: { freed: 3 } }
  expect(peopleFreed(rescueCase({ trapped: 2, measured: { people: 1 }, timeline: [freed] }))).toBe(3)
  expect(peopleFreed(rescueCase({ trapped: 2, measured: { people: 1 } }))).toBe(2)
  expect(peopleFreed(rescueCase({ measured: { people: 0 } }))).toBe(0)
  expect(peopleFreed(rescueCase())).toBeUndefined()
})

test('a crowded hoist has nobody shut in', () => {
  expect(peopleFreed(rescueCase({ rule: 'too_many_people', measured: { people: 11 } }))).toBeUndefined()
})
