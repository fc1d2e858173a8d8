import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldMs, throughHold } from './hold.ts'

test('a hold slows the recording to a standstill, keeps it there for its time and lets it go on without a jump', () => {
  const time = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(time, fc.integer({ min: 1_000, max: 90_000 }), (atMs, holdMs) => {
      const hold = { atMs, holdMs }
      let before = throughHold(hold, 0)
      let stillMs = 0
      for (let now = 250; now <= 250_000; now += 250) {
        const { recordedMs, pace } = throughHold(hold, now)
        const passed = recordedMs - before.recordedMs
        expect(passed).toBeGreaterThanOrEqual(-1e-6)
        expect(passed).toBeLessThanOrEqual(250 + 1e-6)
        // The pace is the rate at which the recording passes.
        expect(Math.abs(passed / 250 - (pace + before.pace) / 2)).toBeLessThan(0.04)
        if (pace === 0) stillMs += 250
        before = { recordedMs, pace }
      }
      expect(Math.abs(stillMs - holdMs)).toBeLessThanOrEqual(250)
      expect(before.recordedMs).toBeCloseTo(250_000 - heldMs(hold), 6)
    }),
    { numRuns: 20 },
  )
})

test('without a hold a recording passes as it is', () => {
  expect(throughHold(undefined, 12_345)).toEqual({ recordedMs: 12_345, pace: 1 })
})
