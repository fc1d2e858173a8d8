import type { Kind } from '@lifeline/contracts'
import { type Bilingual, dictionary, lookUp } from '../../dictionary/dictionary.ts'
import { type ChartField, chartFields } from './chart-fields.ts'
import type { Curve } from './chart-option.ts'
import type { Telemetry } from './use-telemetry.ts'

const { fieldWords, valueWords } = dictionary

/** What a kind of machine is drawn by, with its names and readings. */
export function curvesOf(kind: Kind, telemetry: Telemetry, say: (words: Bilingual) => string): readonly Curve[] {
  const fields: readonly ChartField[] = chartFields[kind]
  return fields.map((field) => ({
    ...field,
    name: say(lookUp(fieldWords, field.field)),
    readings: telemetry.readings[field.field] ?? [],
    ...(field.levels === undefined ? {} : { levelNames: field.levels.map((level) => say(lookUp(valueWords, level))) }),
  }))
}
