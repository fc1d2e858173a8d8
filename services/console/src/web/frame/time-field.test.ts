import { expect, test } from 'vitest'
import { timeFieldText, timeOfField } from './time-field.ts'

test('a time survives the field that it is shown in, to the minute', () => {
  const minute = Math.floor(Date.now() / 60_000) * 60_000
  expect(timeOfField(timeFieldText(minute))).toBe(minute)
  expect(timeFieldText(minute + 59_999)).toBe(timeFieldText(minute))
  expect(timeOfField('')).toBeUndefined()
})
