import type { Kind, RescueCase, RuleName, TimelineEntry } from '@lifeline/contracts'
import { sql } from 'kysely'
import { viewOf } from '../rescue/case-view.ts'
import type { DeskCase } from '../rescue/desk-case.ts'
import { type FactQuery, factCondition } from './fact-filter.ts'
import type { Db } from './tables.ts'

export interface CaseFilter {
  readonly state: 'open' | 'closed' | 'all'
  readonly kind?: Kind | undefined
  readonly rule?: RuleName | undefined
  readonly deviceId?: string | undefined
  /** Opened in this time, ms, both ends included. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Only cases that concern the unit. */
  readonly unitId?: string | undefined
  /** What reports count by. */
  readonly facts: FactQuery
  readonly sort: 'openedAt' | 'priority'
  readonly limit: number
  /** Go on after this place. */
  readonly after?: Place | undefined
}

/** A place in the list. */
export interface Place {
  readonly priority: number
  readonly openedAt: number
  readonly id: string
}

/** A case with its place in the order of changes, for whom it concerns and as people are shown it. */
export interface SeenCase {
  readonly change: number
  readonly rescue: DeskCase
  readonly view: RescueCase
}

/** Cases newest first, or the most pressing before and each newest first; one more than `limit` where there are more. */
export async function listCases(db: Db, filter: CaseFilter): Promise<RescueCase[]> {
  const { state, kind, rule, deviceId, from, to, unitId, facts, sort, limit, after } = filter
  let query = selectSeen(db)
  if (state === 'open') query = query.where('state', '<>', 'closed')
  if (state === 'closed') query = query.where('state', '=', 'closed')
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (rule !== undefined) query = query.where(sql<boolean>`rescue->'rules' @> ${JSON.stringify([rule])}::jsonb`)
  if (deviceId !== undefined) query = query.where('device_id', '=', deviceId)
  if (from !== undefined) query = query.where('opened_at', '>=', from)
  if (to !== undefined) query = query.where('opened_at', '<=', to)
  if (unitId !== undefined) query = query.where(sql<boolean>`rescue->'unitIds' @> ${JSON.stringify([unitId])}::jsonb`)
  const condition = factCondition(facts)
  if (condition !== undefined) {
    query = query.where(sql<boolean>`id in (select id from case_facts where ${condition})`)
  }
  if (after !== undefined) {
    const later = sql<boolean>`(opened_at, id) < (${after.openedAt}::float8, ${after.id})`
    const { priority } = after
    query =
      sort === 'openedAt'
        ? query.where(later)
        : query.where((eb) => eb.or([eb('priority', '>', priority), eb('priority', '=', priority).and(later)]))
  }
  if (sort === 'priority') query = query.orderBy('priority')
  const rows = await query
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map((row) => seen(row).view)
}

/** The case of that id, or the one that stands for the incident of that id. */
export async function findCase(db: Db, id: string): Promise<SeenCase | undefined> {
  const alias = db.selectFrom('incidents').select('case_id').where('incident_id', '=', id)
  const row = await selectSeen(db)
    .where((eb) => eb.or([eb('id', '=', id), eb('id', '=', alias)]))
    .executeTakeFirst()
  return row && seen(row)
}

/** The cases that changed after that change, as they are now, in the order of their last change. */
export async function changedSince(db: Db, change: number, limit: number): Promise<SeenCase[]> {
  const rows = await selectSeen(db).where('change', '>', change).orderBy('change').limit(limit).execute()
  return rows.map(seen)
}

/** How many changes there have been. */
export async function changeCount(db: Db): Promise<number> {
  return (await db.selectFrom('changes').select('count').executeTakeFirstOrThrow()).count
}

const selectSeen = (db: Db) =>
  db.selectFrom('cases').select([
    'rescue',
    'change',
    sql<TimelineEntry[]>`(
      select jsonb_agg(jsonb_build_object('at', at, 'by', by, 'what', what, 'details', details) order by seq)
      from timeline where case_id = cases.id
    )`.as('timeline'),
  ])

function seen(row: { rescue: DeskCase; change: number; timeline: TimelineEntry[] }): SeenCase {
  const { rescue, change, timeline } = row
  return { rescue, change, view: viewOf(rescue, timeline) }
}
