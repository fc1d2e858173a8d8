import { sql } from 'kysely'
import { type DeskCase, isClosed } from '../rescue/desk-case.ts'
import type { Tx } from './tables.ts'

// Every change locks in the same order: device, case, count of changes. So no two ever wait for one another.

/** Holds back every other opening of a case for the device until the transaction ends. */
export async function lockDevice(tx: Tx, deviceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${deviceId}, 0))`.execute(tx)
}

/** The case that stands for the incident, and the device's open cases, all locked. */
export async function lockCasesOf(
  tx: Tx,
  deviceId: string,
  incidentId?: string,
): Promise<{ readonly known: DeskCase | undefined; readonly open: readonly DeskCase[] }> {
  const knownId = incidentId === undefined ? '' : await caseIdOf(tx, incidentId)
  const rows = await tx
    .selectFrom('cases')
    .select('rescue')
    .where((eb) => eb.or([eb('id', '=', knownId), eb('device_id', '=', deviceId).and('state', '<>', 'closed')]))
    .orderBy('id')
    .forUpdate()
    .execute()
  const cases = rows.map(({ rescue }) => rescue)
  return { known: cases.find(({ id }) => id === knownId), open: cases.filter((rescue) => !isClosed(rescue)) }
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

/** Both cases locked, each by its id or one of its incidents'; always in the same order, so that no two wait for each other. */
export async function lockBoth(
  tx: Tx,
  one: string,
  other: string,
): Promise<readonly [DeskCase | undefined, DeskCase | undefined]> {
  const ids = [await caseIdOf(tx, one), await caseIdOf(tx, other)]
  const rows = await tx.selectFrom('cases').select('rescue').where('id', 'in', ids).orderBy('id').forUpdate().execute()
  const [first, second] = ids.map((id) => rows.find(({ rescue }) => rescue.id === id)?.rescue)
  return [first, second]
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
