import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileTime, isTimeFormat } from './time-format.ts'
import { wallTime, zonedTime } from './time-zone.ts'

test.each([
  ['ms', undefined, 1_772_325_000_000, 1_772_325_000_000],
  ['ms', undefined, '1772325000000', 1_772_325_000_000],
  ['s', undefined, 1_772_325_000.25, 1_772_325_000_250],
  ['iso', undefined, '2026-03-01T08:30:00+08:00', 1_772_325_000_000],
  ['iso', undefined, '2026-03-01T00:30:00Z', 1_772_325_000_000],
  ['YYYY-MM-DD hh:mm:ss', 'Asia/Shanghai', '2026-03-01 08:30:00', 1_772_325_000_000],
  ['YYMMDDhhmmss', 'Asia/Shanghai', '260301083000', 1_772_325_000_000],
  ['YYYY/MM/DD hh:mm:ss.SSS', 'UTC', '2026/03/01 00:30:00.007', 1_772_325_000_007],
  ['YYYYMMDDhhmmss', 'Asia/Shanghai', 20_260_301_083_000, 1_772_325_000_000],
])('%s in %s: %s', (format, zone, value, ms) => {
  expect(compileTime(format, zone)(value)).toBe(ms)
})

test.each([
  ['YYYY-MM-DD hh:mm:ss', '2026-02-31 08:30:00'],
  ['YYYY-MM-DD hh:mm:ss', '2026-13-01 08:30:00'],
  ['YYYY-MM-DD hh:mm:ss', '2026-03-01 24:30:00'],
  ['YYYY-MM-DD hh:mm:ss', '2026-03-01T08:30:00'],
  ['YYYY-MM-DD hh:mm:ss', ' 2026-03-01 08:30:00'],
  ['YYMMDDhhmmss', '0'],
  ['iso', '2026-03-01T08:30:00'],
  ['ms', 'now'],
  ['ms', null],
  ['s', {}],
])('%s: %s is no time', (format, value) => {
  expect(compileTime(format, 'Asia/Shanghai')(value)).toBeUndefined()
})

test('a format says a day, once', () => {
  expect(['ms', 's', 'iso', 'YYYY-MM-DD', 'YYMMDDhhmmss'].every(isTimeFormat)).toBe(true)
  expect(['', 'hh:mm', 'YYYY-MM', 'YYYY-MM-DD YY', 'DD.MM.'].some(isTimeFormat)).toBe(false)
})

test('summer time: the first of an hour that comes twice, and one left out is read with the offset from before', () => {
  const berlin = zonedTime('Europe/Berlin')
  const wall = (text: string) => new Date(berlin(Date.parse(`${text}Z`))).toISOString()
  expect(wall('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z')
  expect(wall('2026-10-25T03:00:00')).toBe('2026-10-25T02:00:00.000Z')
  expect(wall('2026-03-29T01:59:59')).toBe('2026-03-29T00:59:59.000Z')
  expect(wall('2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z')
  expect(wall('2026-03-29T03:00:00')).toBe('2026-03-29T01:00:00.000Z')
})

test('what a wall clock shows leads back to the instant', () => {
  const zones = ['Asia/Shanghai', 'Asia/Kathmandu', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC']
  for (const zone of zones) {
    const [to, from] = [wallTime(zone), zonedTime(zone)]
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000), max: Date.UTC(2060) }), (ms) => {
        const again = from(to(ms))
        // Of an hour that comes twice it is the first.
        expect(again === ms || (again < ms && to(again) === to(ms))).toBe(true)
      }),
      { numRuns: 200 },
    )
  }
})
