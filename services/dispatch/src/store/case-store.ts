import { sql } from 'kysely'
import { type DeskCase, isClosed } from '../rescue/desk-case.ts'
import type { Step } from '../rescue/step.ts'
import { jsonb } from './jsonb.ts'
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

/**
 * Keeps what a step made of a case. Changes are counted in the order in which they are committed, since whoever counts
 * holds the count until then.
 * @param claims ids of the incidents that the case stands for from now on
 */
export async function saveStep(tx: Tx, step: Step, at: number, claims: readonly string[]): Promise<void> {
  const { rescue, entries, notices } = step
  await sql`
    with counted as (
      update changes set count = count + 1 returning count
    ), saved as (
      insert into cases (rescue, change) select ${jsonb(rescue)}::jsonb, count from counted
      on conflict (id) do update set rescue = excluded.rescue, change = excluded.change
    ), told as (
      insert into timeline (case_id, seq, at, by, what, details)
      select ${rescue.id}, (select coalesce(max(seq), 0) from timeline where case_id = ${rescue.id}) + n,
        at, by, what, details
      from rows from (
        jsonb_to_recordset(${jsonb(entries)}::jsonb) as (at float8, by text, what text, details jsonb)
      ) with ordinality as entry (at, by, what, details, n)
    ), paged as (
      insert into notices (case_id, at, recipient, about, level, unit_id, not_sent)
      select ${rescue.id}, ${at}, "to", about, level, "unitId", "notSent"
      from jsonb_to_recordset(${jsonb(notices)}::jsonb)
        as notice ("to" text, about text, level int, "unitId" text, "notSent" text)
    )
    insert into incidents (incident_id, case_id)
    select incident_id, ${rescue.id} from jsonb_array_elements_text(${jsonb(claims)}::jsonb) as claim (incident_id)
    on conflict (incident_id) do update set case_id = excluded.case_id where incidents.case_id <> excluded.case_id
  `.execute(tx)
}
