import { sql } from 'kysely'
import type { DeskCase } from '../rescue/desk-case.ts'
import type { Step } from '../rescue/step.ts'
import { jsonb } from './jsonb.ts'
import type { Tx } from './tables.ts'

// Every change locks in the same order: device, case, count of changes. So no two ever wait for one another.

/** Holds back every other opening of a case for the device until the transaction ends. */
export async function lockDevice(tx: Tx, deviceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${deviceId}, 0))`.execute(tx)
}

/** The device's open cases, locked. */
export function lockOpenCases(tx: Tx, deviceId: string): Promise<DeskCase[]> {
  return tx
    .selectFrom('cases')
    .select('rescue')
    .where('device_id', '=', deviceId)
    .where('state', '<>', 'closed')
    .orderBy('id')
    .forUpdate()
    .execute()
    .then((rows) => rows.map(({ rescue }) => rescue))
}

/** The case of that id, or the one that stands for the incident of that id, locked. */
export async function lockCase(tx: Tx, id: string): Promise<DeskCase | undefined> {
  const row = await tx
    .selectFrom('cases')
    .select('rescue')
    .where('id', '=', await caseIdOf(tx, id))
    .forUpdate()
    .executeTakeFirst()
  return row?.rescue
}

/** An incident's id is a second name of its case. */
export async function caseIdOf(tx: Tx, id: string): Promise<string> {
  const row = await tx.selectFrom('incidents').select('case_id').where('incident_id', '=', id).executeTakeFirst()
  return row?.case_id ?? id
}

/** The case locked if its clock is due and nobody else has it locked. */
export async function lockDue(tx: Tx, id: string, now: number): Promise<DeskCase | undefined> {
  const row = await tx
    .selectFrom('cases')
    .select('rescue')
    .where('id', '=', id)
    .where('due_at', '<=', now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row?.rescue
}

/** Keeps what a step made of a case. Changes are counted in the order in which they are committed. */
export async function saveStep(tx: Tx, { rescue, entries, notices }: Step, at: number): Promise<void> {
  await tx
    .with('counted', (db) => db.updateTable('changes').set({ count: sql`count + 1` }).returning('count'))
    .insertInto('cases')
    .columns(['rescue', 'change'])
    .expression((db) => db.selectFrom('counted').select([sql<string>`${jsonb(rescue)}::jsonb`.as('rescue'), 'count']))
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({ rescue: eb.ref('excluded.rescue'), change: eb.ref('excluded.change') })),
    )
    .execute()
  const before = tx
    .selectFrom('timeline')
    .where('case_id', '=', rescue.id)
    .select(sql<number>`coalesce(max(seq), 0)`.as('seq'))
  const { seq } = await before.executeTakeFirstOrThrow()
  await tx
    .insertInto('timeline')
    .values(
      entries.map((entry, i) => ({
        ...entry,
        case_id: rescue.id,
        seq: seq + i + 1,
        details: jsonb(entry.details),
      })),
    )
    .execute()
  if (notices.length === 0) return
  await tx
    .insertInto('notices')
    .values(notices.map(({ level, unitId }) => ({ case_id: rescue.id, at, level, unit_id: unitId ?? null })))
    .execute()
}

/** From now on the case stands for the incident. */
export async function saveIncident(tx: Tx, incidentId: string, caseId: string): Promise<void> {
  await tx
    .insertInto('incidents')
    .values({ incident_id: incidentId, case_id: caseId })
    .onConflict((conflict) => conflict.column('incident_id').doUpdateSet({ case_id: caseId }))
    .execute()
}
