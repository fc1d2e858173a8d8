import { type ZonedTime, zonedTime } from './time-zone.ts'

/** `ms` and `s` since the Unix epoch, `iso` (RFC 3339), or a pattern of YYYY YY MM DD hh mm ss SSS. */
export type TimeFormat = string

const tokens = ['YYYY', 'YY', 'MM', 'DD', 'hh', 'mm', 'ss', 'SSS'] as const
type Token = (typeof tokens)[number]
const tokenPattern = /YYYY|YY|MM|DD|hh|mm|ss|SSS/g

/** Whether a pattern says at least the day, and nothing twice. */
export function isTimeFormat(format: string): boolean {
  if (['ms', 's', 'iso'].includes(format)) return true
  const found: readonly string[] = format.match(tokenPattern) ?? []
  return (
    new Set(found).size === found.length &&
    found.includes('YYYY') !== found.includes('YY') &&
    found.includes('MM') &&
    found.includes('DD')
  )
}

/** Whether times of this format say nothing of their zone. */
export const needsZone = (format: TimeFormat): boolean => !['ms', 's', 'iso'].includes(format)

/** ms since the Unix epoch, or undefined where the value is no such time. */
export type TimeReader = (value: unknown) => number | undefined

/** @param zone the device's, for formats that need one */
export function compileTime(format: TimeFormat, zone: string | undefined): TimeReader {
  if (format === 'ms') return (value) => wholeNumber(value, 1)
  if (format === 's') return (value) => wholeNumber(value, 1_000)
  if (format === 'iso') return isoTime
  return patternTime(format, zonedTime(zone ?? 'UTC'))
}

function wholeNumber(value: unknown, factor: number): number | undefined {
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? Math.round(number * factor) : undefined
}

const isoPattern = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/

function isoTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || !isoPattern.test(value)) return undefined
  const ms = Date.parse(value.replace(' ', 'T'))
  return Number.isNaN(ms) ? undefined : ms
}

function patternTime(format: string, zoned: ZonedTime): TimeReader {
  const order = (format.match(tokenPattern) ?? []) as Token[]
  const escaped = format.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const pattern = new RegExp(`^${escaped.replaceAll(tokenPattern, (token) => `(\\d{${token.length}})`)}$`)
  return (value) => {
    const match = pattern.exec(typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '')
    if (match === null) return undefined
    const at = (token: Token, absent: number): number => {
      const index = order.indexOf(token)
      return index < 0 ? absent : Number(match[index + 1])
    }
    const year = order.includes('YY') ? 2000 + at('YY', 0) : at('YYYY', 0)
    const [month, day, hour, minute, second] = [at('MM', 0), at('DD', 0), at('hh', 0), at('mm', 0), at('ss', 0)]
    if (hour > 23 || minute > 59 || second > 59) return undefined
    const wall = Date.UTC(year, month - 1, day, hour, minute, second, at('SSS', 0))
    // The 31st of February would become the 2nd of March.
    const date = new Date(wall)
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? zoned(wall) : undefined
  }
}
