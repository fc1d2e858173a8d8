import { createLogger } from '@lifeline/service-kit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refusals } from './refusals.ts'
import { Tally } from './tally.ts'

const tally = new Tally()
const logger = createLogger('gateway', 'fatal')
const warn = vi.spyOn(logger, 'warn')
const refusals = new Refusals(tally, logger)

beforeEach(() => {
  vi.useFakeTimers()
  refusals.start()
})
afterEach(() => {
  refusals.stop()
  vi.useRealTimers()
})

test('a flood of refusals is counted in full and is two lines of log in a minute', () => {
  for (let i = 0; i < 10_000; i++) refusals.frame('foreign_device', 'EL-1')
  expect(tally.refused).toEqual(new Map([['foreign_device', 10_000]]))
  expect(tally.received).toBe(10_000)
  expect(warn).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(60_000)
  expect(warn).toHaveBeenCalledTimes(2)
  expect(warn).toHaveBeenLastCalledWith(expect.objectContaining({ client: 'EL-1', times: 9_999 }), expect.any(String))
  vi.advanceTimersByTime(120_000)
  expect(warn).toHaveBeenCalledTimes(2)
})
