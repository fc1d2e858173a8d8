import { expect, test } from 'vitest'
import { rescueCase } from '../testing/rescue-case.ts'
import { alarmsOf } from './waiting-alarm.ts'

test('only a life-safety case that nobody has accepted sounds', () => {
  expect(
    alarmsOf([
      rescueCase({ id: 'new', state: 'received', level: 0 }),
      rescueCase({ id: 'waiting', state: 'assigned', level: 1 }),
      rescueCase({ id: 'accepted', state: 'accepted' }),
      rescueCase({ id: 'closed', state: 'closed' }),
      rescueCase({ id: 'offline', lifeSafety: false, state: 'received' }),
    ]),
  ).toEqual(['new@0', 'waiting@1'])
})

test('an escalated case sounds anew', () => {
  const [first] = alarmsOf([rescueCase({ level: 1 })])
  const [second] = alarmsOf([rescueCase({ level: 2 })])
  expect(first).not.toBe(second)
})
