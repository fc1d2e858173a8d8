import { expect, test } from 'vitest'
import { countdownOf, durationText } from './countdown.ts'

const now = 1_700_000_000_000

test('a clock counts down in full seconds and never shows zero before its time', () => {
  const at = (deadline: number) => countdownOf({ deadlines: { acceptBy: deadline } }, now)
  expect(at(now + 180_000)).toMatchObject({ until: 'accept', overdue: false, text: '3:00', pressing: false })
  expect(at(now + 179_001)?.text).toBe('3:00')
  expect(at(now + 1)).toMatchObject({ text: '0:01', overdue: false, pressing: true })
})

test('from its time on a clock is overdue and counts up', () => {
  const at = (deadline: number) => countdownOf({ deadlines: { arriveBy: deadline } }, now)
  expect(at(now)).toMatchObject({ until: 'arrive', overdue: true, text: '+0:00', pressing: true })
  expect(at(now - 999)?.text).toBe('+0:00')
  expect(at(now - 3_725_000)?.text).toBe('+1:02:05')
})

test('without a deadline there is no clock', () => {
  expect(countdownOf({ deadlines: {} }, now)).toBeUndefined()
})

test('durations have hours only where there are any', () => {
  expect([0, 59_999, 60_000, 3_599_000, 3_600_000, -5].map(durationText)).toEqual([
    '0:00',
    '0:59',
    '1:00',
    '59:59',
    '1:00:00',
    '0:00',
  ])
})
