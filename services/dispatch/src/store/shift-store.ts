import { randomUUID } from 'node:crypto'
import type { NewShift, Shift } from '@lifeline/contracts'
import type { Selectable } from 'kysely'
import { jsonb } from './jsonb.ts'
import type { Db, ShiftTable, Tx } from './tables.ts'

/**
 * The units that are off duty: those with a shift to come and none now. A unit whose roster has run out, or that keeps
 * none, counts as on duty, so that a forgotten roster leaves nobody without help.
 */
export async function unitsOffDuty(db: Db | Tx, now: number): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('shifts')
    .select('unit_id')
    .where('removed_at', 'is', null)
    .where('ends', '>', now)
    .groupBy('unit_id')
    .having((eb) => eb.fn.min('starts'), '>', now)
    .execute()
  return new Set(rows.map(({ unit_id }) => unit_id))
}

/** The shifts that touch a time, the earliest first. */
export async function listShifts(
  db: Db,
  { unitId, from, to }: { readonly unitId?: string | undefined; readonly from: number; readonly to: number },
): Promise<Shift[]> {
  let query = db.selectFrom('shifts').selectAll().where('removed_at', 'is', null)
  query = query.where('ends', '>', from).where('starts', '<=', to)
  if (unitId !== undefined) query = query.where('unit_id', '=', unitId)
  return (await query.orderBy('starts').orderBy('unit_id').orderBy('id').execute()).map(shiftOf)
}

export async function addShift(db: Db, shift: NewShift, by: string, at: number): Promise<Shift> {
  const { unitId, from, to, people } = shift
  const row = await db
    .insertInto('shifts')
    .values({
      id: randomUUID(),
      unit_id: unitId,
      starts: from,
      ends: to,
      people: jsonb(people),
      entered_at: at,
      entered_by: by,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return shiftOf(row)
}

/** @returns whether there was such a shift */
export async function removeShift(db: Db, id: string, by: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('shifts')
    .set({ removed_at: at, removed_by: by })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const shiftOf = ({ id, unit_id, starts, ends, people }: Selectable<ShiftTable>): Shift => ({
  id,
  unitId: unit_id,
  from: starts,
  to: ends,
  people: [...people],
})
