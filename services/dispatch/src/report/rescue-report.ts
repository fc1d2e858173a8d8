import { sql } from 'kysely'
import { z } from 'zod'
import { type FactQuery, factCondition } from '../store/fact-filter.ts'
import type { Db } from '../store/tables.ts'
import type { Period } from './period.ts'

/** What a report can be broken down by. */
export const groupings = ['district', 'unit', 'age', 'cause'] as const
export type Grouping = (typeof groupings)[number]

export const figureSchema = z.object({
  name: z.string(),
  value: z.number().nullable().describe('null: no case to tell it from'),
  unit: z.enum(['cases', 'people', 's', 'share']),
  cases: z.string().describe('the query that lists the cases it was made from'),
})
export type Figure = z.infer<typeof figureSchema>

export const rowSchema = z.object({ group: z.string().describe('empty: all of them'), figures: z.array(figureSchema) })
export type ReportRow = z.infer<typeof rowSchema>

/** A longer way than this is one too many: the arrival clock of the built-up area (domain.md §5.1). */
const lateArrivalSeconds = 1800

/** Of each figure what it counts, how, and which of the counted cases it is made from. */
const figures = [
  ['cases', 'cases', sql<number>`count(*)`, {}],
  ['calls', 'cases', sql<number>`count(*) filter (where called)`, { called: 'true' }],
  ['entrapments', 'cases', sql<number>`count(*) filter (where entrapment)`, { entrapment: 'true' }],
  ['freed', 'people', sql<number>`coalesce(sum(freed), 0)`, { freed: 'true' }],
  ['falseAlarms', 'cases', sql<number>`count(*) filter (where outcome = 'false_alarm')`, { outcome: 'false_alarm' }],
  ['responseMean', 's', sql<number>`avg(response)`, { reached: 'response' }],
  ['responseP90', 's', sql<number>`percentile_cont(0.9) within group (order by response)`, { reached: 'response' }],
  ['arrivalMean', 's', sql<number>`avg(arrival)`, { reached: 'arrival' }],
  ['arrivalP90', 's', sql<number>`percentile_cont(0.9) within group (order by arrival)`, { reached: 'arrival' }],
  [
    'arrivalOver30Share',
    'share',
    sql<number>`avg((arrival > ${sql.lit(lateArrivalSeconds)})::int)`,
    { arrivalOver: lateArrivalSeconds },
  ],
  ['onSiteMean', 's', sql<number>`avg(on_site)`, { reached: 'on_site' }],
  ['level1Share', 'share', sql<number>`avg((level = 1)::int) filter (where level > 0)`, { level: 1 }],
  ['level2Share', 'share', sql<number>`avg((level = 2)::int) filter (where level > 0)`, { level: 2 }],
  ['level3Share', 'share', sql<number>`avg((level = 3)::int) filter (where level > 0)`, { level: 3 }],
] as const satisfies readonly (readonly [string, Figure['unit'], ReturnType<typeof sql<number>>, FactQuery])[]

/** The figures of the cases opened in a time, all together first, then each group of them; drills are left out. */
export async function rescueReport(db: Db, period: Period, by: Grouping | undefined): Promise<ReportRow[]> {
  const total = await count(db, period, undefined)
  return by === undefined ? total : [...total, ...(await count(db, period, by))]
}

async function count(db: Db, { from, to }: Period, by: Grouping | undefined): Promise<ReportRow[]> {
  const group = by === undefined ? sql<string>`''` : sql<string>`${sql.ref(by)}`
  const columns = figures.map(([name, , value]) => sql`${value} as ${sql.ref(name)}`)
  const { rows } = await sql<Record<string, string | number | null>>`
    select ${group} as "group", ${sql.join(columns)} from case_facts
    where opened_at >= ${from} and opened_at < ${to} and ${factCondition({ counted: 'true' })}
    ${by === undefined ? sql`` : sql`group by 1 order by 1`}`.execute(db)
  return rows.map((row) => {
    const key = String(row.group ?? '')
    const mine = by === undefined ? {} : { [by]: key }
    return {
      group: key,
      figures: figures.map(([name, unit, , cases]) => {
        const value = row[name]
        // Opening times are whole milliseconds or finer; the list's ends are both included.
        const query = { from, to: to - 0.001, counted: 'true', ...mine, ...cases }
        return {
          name,
          unit,
          value: value === null || value === undefined ? null : Number(value),
          cases: `/api/v1/incidents?${queryText(query)}`,
        }
      }),
    }
  })
}

const queryText = (query: object): string =>
  Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
