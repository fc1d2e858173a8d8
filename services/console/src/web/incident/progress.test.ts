import { expect, test } from 'vitest'
import { rescueCase } from '../testing/rescue-case.ts'
import { progressOf } from './progress.ts'

const entry = (at: number, what: string) => ({ at, by: 'system', what, details: {} })

test('steps that were passed over have no time, those ahead neither', () => {
  const timeline = [entry(10, 'opened'), entry(11, 'assigned'), entry(20, 'accepted'), entry(50, 'arrived')]
  const steps = progressOf(rescueCase({ state: 'arrived', timeline }))
  expect(steps.map(({ at }) => at)).toEqual([10, 11, 20, undefined, 50, undefined, undefined])
  expect(steps.map(({ standing }) => standing)).toEqual([
    'done',
    'done',
    'done',
    'skipped',
    'current',
    'ahead',
    'ahead',
  ])
})

test('an escalation leads back to assignment, at its new time', () => {
  const timeline = [entry(10, 'opened'), entry(11, 'assigned'), entry(20, 'accepted'), entry(90, 'assigned')]
  expect(progressOf(rescueCase({ state: 'assigned', timeline })).map(({ at }) => at)).toEqual([
    10,
    90,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
