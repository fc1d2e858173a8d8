import fc from 'fast-check'
import { expect, test } from 'vitest'
import { narrowOffset, type OffsetBounds } from './server-clock.ts'

const dateHeader = (serverTime: number): number => Math.floor(serverTime / 1000) * 1000

test('the true offset is always within the bounds, however slow the answers', () => {
  const answer = fc.record({ at: fc.nat(600_000), there: fc.nat(5_000), back: fc.nat(5_000) })
  fc.assert(
    fc.property(fc.integer({ min: -1e7, max: 1e7 }), fc.array(answer, { minLength: 1 }), (offset, answers) => {
      let bounds: OffsetBounds | undefined
      for (const { at, there, back } of answers) {
        const sentAt = 1_700_000_000_000 + at
        const date = dateHeader(sentAt + there + offset)
        bounds = narrowOffset(bounds, { date, sentAt, receivedAt: sentAt + there + back })
      }
      expect(bounds?.least).toBeLessThanOrEqual(offset)
      expect(bounds?.most).toBeGreaterThanOrEqual(offset)
    }),
  )
})

test('answers spread over a second tell the offset to a tenth of it', () => {
  const offset = 90_000
  let bounds: OffsetBounds | undefined
  for (let sentAt = 1_700_000_000_000; sentAt < 1_700_000_002_000; sentAt += 50) {
    bounds = narrowOffset(bounds, { date: dateHeader(sentAt + 5 + offset), sentAt, receivedAt: sentAt + 10 })
  }
  expect((bounds?.most ?? 0) - (bounds?.least ?? 0)).toBeLessThanOrEqual(100)
})

test('a clock that was set anew is believed', () => {
  const before = narrowOffset(undefined, { date: 1_000_000, sentAt: 1_000_000, receivedAt: 1_000_010 })
  const after = narrowOffset(before, { date: 1_000_000, sentAt: 4_600_000, receivedAt: 4_600_010 })
  expect(after).toEqual({ least: -3_600_010, most: -3_599_000 })
})
