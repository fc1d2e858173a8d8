import type { Kind } from '@lifeline/contracts'
import { sql } from 'kysely'
import { jsonb } from '../store/jsonb.ts'
import type { Db } from '../store/tables.ts'
import type { Curve } from './curve.ts'

/** Somebody who was killed while reading is taken over after that, ms. */
const leaseMs = 300_000

export interface EvidenceTask {
  readonly caseId: string
  readonly deviceId: string
  readonly kind: Kind
  readonly fromTime: number
  readonly toTime: number
  /** This one included. */
  readonly attempts: number
}

/** Takes the window that is overdue the longest; no other process gets it meanwhile. */
export async function takeEvidenceTask(db: Db, now: number): Promise<EvidenceTask | undefined> {
  const { rows } = await sql<EvidenceTask>`
    update evidence set due_at = ${now + leaseMs}, attempts = attempts + 1
    from cases
    where cases.id = evidence.case_id and evidence.case_id = (
      select case_id from evidence where due_at <= ${now} order by due_at limit 1 for update skip locked
    )
    returning evidence.case_id as "caseId", cases.device_id as "deviceId", cases.kind, from_time as "fromTime",
      to_time as "toTime", attempts`.execute(db)
  return rows[0]
}

/** Keeps the curve, unless the window has grown meanwhile: then it is read again. */
export async function storeCurve(db: Db, task: EvidenceTask, curve: Curve, now: number): Promise<void> {
  await db
    .updateTable('evidence')
    .set({ curve: jsonb(curve), stored_at: now, error: null, due_at: null })
    .where('case_id', '=', task.caseId)
    .where('from_time', '=', task.fromTime)
    .where('to_time', '=', task.toTime)
    .execute()
}

/** @param dueAt when it is tried again, ms; undefined: not any more */
export async function failCurve(
  db: Db,
  { caseId, fromTime, toTime }: EvidenceTask,
  error: string,
  dueAt: number | undefined,
): Promise<void> {
  await db
    .updateTable('evidence')
    .set({ error, due_at: dueAt ?? null })
    .where('case_id', '=', caseId)
    .where('from_time', '=', fromTime)
    .where('to_time', '=', toTime)
    .execute()
}

/** What is kept of a case's curve. */
export interface Evidence {
  readonly fromTime: number
  readonly toTime: number
  readonly state: 'waiting' | 'stored' | 'failed'
  readonly attempts: number
  readonly storedAt?: number
  readonly error?: string
  readonly curve: Curve
}

export async function evidenceOf(db: Db, caseId: string): Promise<Evidence | undefined> {
  const row = await db.selectFrom('evidence').selectAll().where('case_id', '=', caseId).executeTakeFirst()
  if (row === undefined) return undefined
  const { from_time, to_time, due_at, attempts, stored_at, error, curve } = row
  return {
    fromTime: from_time,
    toTime: to_time,
    state: due_at !== null ? 'waiting' : error === null ? 'stored' : 'failed',
    attempts,
    ...(stored_at === null ? {} : { storedAt: stored_at }),
    ...(error === null ? {} : { error }),
    curve: curve ?? {},
  }
}
