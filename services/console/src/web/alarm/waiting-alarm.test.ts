import { expect, test } from 'vitest'
import { rescueCase } from '../testing/rescue-case.ts'
import { alarmsHeard, alarmsOf, callBacksDue, unacknowledged } from './waiting-alarm.ts'

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

test('a call to the trapped that is due sounds each time the desk is reminded, until it is made', () => {
  const reminder = (at: number) => ({ at, by: 'system', what: 'call_back_due', details: {} })
  const due = rescueCase({ deadlines: { callBackBy: 1 }, timeline: [reminder(1)] })
  const again = { ...due, timeline: [reminder(1), reminder(2)] }
  expect(callBacksDue([due], 'lin')).toHaveLength(1)
  expect(callBacksDue([again], 'lin')).not.toEqual(callBacksDue([due], 'lin'))
  const called = { at: 3, by: 'lin', what: 'called_back', details: {} }
  expect(callBacksDue([{ ...again, timeline: [...again.timeline, called] }], 'lin')).toEqual([])
  expect(alarmsHeard(due, { name: 'lin', role: 'dispatcher' })).toEqual([
    ...alarmsOf([due]),
    ...callBacksDue([due], 'lin'),
  ])
})

test('who has another case is not nagged with a call that a colleague is to make', () => {
  const timeline = [{ at: 1, by: 'system', what: 'call_back_due', details: {} }]
  const due = rescueCase({ deadlines: { callBackBy: 1 }, timeline, takenBy: { name: 'wang', at: 0 } })
  expect(callBacksDue([due], 'lin')).toEqual([])
  expect(callBacksDue([due], 'wang')).toHaveLength(1)
})

test('the supervisor, and nobody else, hears of a case that nobody at the desk acted on, until somebody does', () => {
  const timeline = [{ at: 1, by: 'system', what: 'unacknowledged', details: { by: 1 } }]
  const left = rescueCase({ state: 'accepted', deadlines: { ackBy: 1 }, timeline })
  expect(unacknowledged([left], 'supervisor')).toHaveLength(1)
  expect(unacknowledged([left], 'dispatcher')).toEqual([])
  expect(unacknowledged([{ ...left, timeline: [] }], 'supervisor')).toEqual([])
  expect(unacknowledged([{ ...left, deadlines: {} }], 'supervisor')).toEqual([])
  expect(alarmsHeard(left, { name: 'he', role: 'supervisor' })).toEqual(
    expect.arrayContaining([...unacknowledged([left], 'supervisor')]),
  )
})
