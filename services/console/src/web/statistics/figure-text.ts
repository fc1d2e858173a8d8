import { durationText } from '../queue/countdown.ts'

/** A figure of a report, as the API gives it. */
export interface Figure {
  readonly name: string
  readonly value: number | null
  readonly unit: 'cases' | 'people' | 's' | 'share'
  /** The query that lists the cases behind it. */
  readonly cases: string
}

/** Durations as `m:ss`, shares in per cent, what nobody can tell as a dash. */
export function figureText({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (value === null) return '–'
  if (unit === 's') return durationText(value * 1000)
  return unit === 'share' ? `${(value * 100).toFixed(1)} %` : String(value)
}
