import { expect, test } from 'vitest'
import { rescueCase } from '../../testing/rescue-case.ts'
import { peopleGuess } from './people-guess.ts'

test('what was recorded counts more than what a caller said, and that more than what the car counted', () => {
  const freed = { at: 1, by: 'a', what: 'freed', details: { freed: 3 } }
  expect(peopleGuess(rescueCase({ trapped: 2, measured: { people: 1 }, timeline: [freed] }))).toBe(3)
  expect(peopleGuess(rescueCase({ trapped: 2, measured: { people: 1 } }))).toBe(2)
  expect(peopleGuess(rescueCase({ measured: { people: 0 } }))).toBe(0)
  expect(peopleGuess(rescueCase())).toBeUndefined()
})
