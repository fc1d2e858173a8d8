import { expect, test } from 'vitest'
import { loggable } from './problem-answers.ts'

test('the token of a rescuer’s link stays out of logs', () => {
  expect(loggable('/api/v1/rescuer/secret/accept?x=1')).toBe('/api/v1/rescuer/…/accept')
  expect(loggable('/api/v1/rescuer/secret')).toBe('/api/v1/rescuer/…')
  expect(loggable('/r/secret?x')).toBe('/r/…')
  expect(loggable('/api/v1/incidents/1?query=138')).toBe('/api/v1/incidents/1')
})
