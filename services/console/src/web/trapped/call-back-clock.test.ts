import { expect, test } from 'vitest'
import { callBackClock } from './call-back-clock.ts'

test('the call-back clock counts down to the call and up beyond it', () => {
  const at = (now: number) => callBackClock({ deadlines: { callBackBy: 300_000 } }, now)
  expect(at(0)).toEqual({ overdue: false, text: '5:00' })
  expect(at(299_999)).toEqual({ overdue: false, text: '0:01' })
  expect(at(300_000)).toEqual({ overdue: true, text: '+0:00' })
  expect(at(361_000)).toEqual({ overdue: true, text: '+1:01' })
  expect(callBackClock({ deadlines: {} }, 0)).toBeUndefined()
})
