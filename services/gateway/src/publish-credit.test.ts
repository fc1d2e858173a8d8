import { expect, test } from 'vitest'
import { PublishCredit } from './publish-credit.ts'

test("a tenth of a second's worth may come at once, and then as much as the rate", () => {
  const credit = new PublishCredit(1_000, 100)
  expect(credit.take(100, 0)).toBe(0)
  expect(credit.take(10, 0)).toBe(10)
  expect(credit.take(10, 10)).toBe(10)
  expect(credit.take(100, 10_000)).toBe(0)
  expect(credit.take(1, 10_000)).toBe(1)
})

test('who sends at most the rate never waits, and who sends more is held to it', () => {
  const credit = new PublishCredit(100, 100)
  for (let now = 0; now < 60_000; now += 10) expect(credit.take(1, now)).toBe(0)
  let now = 60_000
  let sent = 0
  while (now < 70_000) {
    sent += 50
    now += Math.max(1, credit.take(50, now))
  }
  expect(sent).toBeGreaterThan(1_000)
  expect(sent).toBeLessThan(1_300)
})
