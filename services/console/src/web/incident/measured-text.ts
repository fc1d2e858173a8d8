import type { RescueCase } from '@lifeline/contracts'
import { dictionary, type Language, lookUp, textOf } from '../dictionary/dictionary.ts'

const { fieldWords, unitWords, valueWords } = dictionary

/** Units of what is measured; the rest are counts, shares and words. */
const units: Readonly<Record<string, string>> = {
  position: 'm',
  speed: 'm/s',
  load: 'kg',
  hookLoad: 'kg',
  radius: 'm',
  hookHeight: 'm',
  height: 'm',
  capacity: 'kg',
  windSpeed: 'm/s',
  slewAngle: '°',
  tiltX: '°',
  tiltY: '°',
  tilt: '°',
  silentSeconds: 's',
  skewSeconds: 's',
  timeToCollision: 's',
  otherAgeSeconds: 's',
  distance: 'm',
  beyond: 'm',
}

/** What was measured, each with its name and unit in words. */
export function measuredTexts(
  measured: RescueCase['measured'],
  language: Language,
): readonly { readonly name: string; readonly value: string }[] {
  const known = Object.keys(fieldWords)
  // A database may have put them in an order of its own.
  const fields = Object.entries(measured).toSorted(([a], [b]) => known.indexOf(a) - known.indexOf(b))
  return fields.map(([field, value]) => ({
    name: textOf(lookUp(fieldWords, field), language),
    value: field === 'ratio' ? `${plain(Number(value) * 100)} %` : withUnit(value, units[field], language),
  }))
}

/** The limit that was passed, as `30 秒`. */
export function limitText({ value, unit }: NonNullable<RescueCase['limit']>, language: Language): string {
  return withUnit(value, unit, language)
}

function withUnit(value: unknown, unit: string | undefined, language: Language): string {
  const text = typeof value === 'number' ? plain(value) : textOf(lookUp(valueWords, String(value)), language)
  return unit === undefined ? text : `${text} ${textOf(lookUp(unitWords, unit), language)}`
}

/** At most two decimals, and no zeros that say nothing. */
const plain = (value: number): string => String(Math.round(value * 100) / 100)
