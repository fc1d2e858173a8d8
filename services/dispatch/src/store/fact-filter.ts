import { causes } from '@lifeline/contracts'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'

const yes = z.enum(['true', 'false']).optional()
const seconds = z.coerce.number().min(0).optional()

/** By what reports count, and the list of cases can be filtered; one cannot say what the other does not understand. */
export const factQuerySchema = z.object({
  counted: yes.describe('true: neither a drill nor merged into another, as reports count'),
  outcome: z.enum(['open', 'rescued', 'resolved', 'false_alarm', 'cleared', 'late', 'merged']).optional(),
  cause: z.enum([...causes, 'unknown']).optional(),
  called: yes.describe('somebody telephoned about it'),
  entrapment: yes.describe('people were shut in, and it was no false alarm'),
  freed: yes.describe('people were freed'),
  level: z.coerce.number().int().min(0).max(3).optional().describe('that it reached'),
  unit: z.string().max(64).optional().describe('id of the unit that maintains the machine'),
  district: z.string().max(20).optional().describe('GB/T 2260, from the registration code'),
  age: z.enum(['0-4', '5-9', '10-14', '15-', 'unknown']).optional().describe('years since installation'),
  reached: z.enum(['response', 'arrival', 'on_site']).optional().describe('somebody accepted, arrived, freed them'),
  arrivalOver: seconds.describe('somebody arrived later than that many seconds after the report'),
})
export type FactQuery = z.infer<typeof factQuerySchema>

const truths: ReadonlySet<string> = new Set(['counted', 'called', 'entrapment'] satisfies (keyof FactQuery)[])

/** The condition on `case_facts`; undefined where nothing is asked. */
export function factCondition(query: FactQuery): RawBuilder<boolean> | undefined {
  const all = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [conditionOf(name, value)]))
  return all.length === 0 ? undefined : sql<boolean>`${sql.join(all, sql` and `)}`
}

function conditionOf(name: string, value: string | number): RawBuilder<boolean> {
  if (name === 'reached') return sql<boolean>`${sql.ref(String(value))} is not null`
  if (name === 'arrivalOver') return sql<boolean>`arrival > ${value}::float8`
  if (name === 'freed') return sql<boolean>`(freed > 0) = ${value === 'true'}::boolean`
  if (truths.has(name)) return sql<boolean>`${sql.ref(name)} = ${value === 'true'}::boolean`
  return name === 'level' ? sql<boolean>`level = ${value}::int` : sql<boolean>`${sql.ref(name)} = ${value}::text`
}
