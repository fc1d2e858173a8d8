import { expect, test } from 'vitest'
import { dateIn, dayOf, monthOf } from './period.ts'

const hour = 3_600_000

test('a day in Chongqing begins at 16:00 UTC the day before and has 24 hours', () => {
  const { from, to } = dayOf('2026-11-24', 'Asia/Shanghai')
  expect(new Date(from).toISOString()).toBe('2026-11-23T16:00:00.000Z')
  expect(to - from).toBe(24 * hour)
})

test('a day on which clocks change is as long as it is', () => {
  const lengths = ['2026-03-29', '2026-10-25'].map((date) => dayOf(date, 'Europe/Berlin'))
  expect(lengths.map(({ from, to }) => (to - from) / hour)).toEqual([23, 25])
})

test('a month ends where the next begins, also at the end of the year', () => {
  const zone = 'Asia/Shanghai'
  expect(monthOf('2026-12', zone).to).toBe(dayOf('2027-01-01', zone).from)
  expect(monthOf('2026-02', zone)).toEqual({ from: dayOf('2026-02-01', zone).from, to: dayOf('2026-03-01', zone).from })
})

test('the date is that of the zone', () => {
  expect(dateIn(Date.parse('2026-11-24T16:30:00Z'), 'Asia/Shanghai')).toBe('2026-11-25')
})
