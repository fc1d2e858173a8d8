import { randomUUID } from 'node:crypto'
import { type CrewPosition, type CrewReport, mostPhotos, type RescuerBody } from '@lifeline/contracts'
import { sql } from 'kysely'
import { present } from '../present.ts'
import { conflict } from '../rescue/action-refused.ts'
import type { Db, Tx } from '../store/tables.ts'
import type { RescuerLink } from './link-store.ts'

/** Notes that a request is done. @returns false where it was done before */
export async function firstTime(tx: Tx, { token_hash }: RescuerLink, key: string, now: number): Promise<boolean> {
  const inserted = await tx
    .insertInto('rescuer_requests')
    .values({ token_hash, key, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function keepPosition(tx: Tx, { case_id, unit_id }: RescuerLink, position: CrewPosition, now: number) {
  const { lat, lon, accuracy = null } = position
  await tx.insertInto('crew_positions').values({ case_id, unit_id, at: now, lat, lon, accuracy }).execute()
}

export async function keepCause(tx: Tx, { case_id, unit_id }: RescuerLink, found: RescuerBody<'cause'>, now: number) {
  const values = { at: now, cause: found.cause, text: found.text ?? null }
  await tx
    .insertInto('crew_causes')
    .values({ case_id, unit_id, ...values })
    .onConflict((known) => known.columns(['case_id', 'unit_id']).doUpdateSet(values))
    .execute()
}

/** @throws ActionRefused where the unit has sent enough */
export async function keepPhoto(tx: Tx, { case_id, unit_id }: RescuerLink, jpeg: Uint8Array, now: number) {
  const { count } = await tx
    .selectFrom('case_photos')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('case_id', '=', case_id)
    .where('unit_id', '=', unit_id)
    .executeTakeFirstOrThrow()
  if (Number(count) >= mostPhotos) throw conflict(`at most ${mostPhotos} photos are kept of a case`)
  await tx.insertInto('case_photos').values({ id: randomUUID(), case_id, unit_id, at: now, jpeg }).execute()
}

export async function photoOf(db: Db, caseId: string, id: string): Promise<Uint8Array | undefined> {
  const query = db.selectFrom('case_photos').select('jpeg').where('case_id', '=', caseId).where('id', '=', id)
  return (await query.executeTakeFirst())?.jpeg
}

/** What crews reported: of each unit its last position and cause, and all photos. */
export async function crewReport(db: Db, caseId: string): Promise<CrewReport> {
  const positions = await db
    .selectFrom('crew_positions')
    .distinctOn('unit_id')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('unit_id')
    .orderBy('id', 'desc')
    .execute()
  const causes = await db.selectFrom('crew_causes').selectAll().where('case_id', '=', caseId).orderBy('at').execute()
  const photos = await db
    .selectFrom('case_photos')
    .select(['id', 'unit_id', 'at', sql<number>`octet_length(jpeg)`.as('bytes')])
    .where('case_id', '=', caseId)
    .orderBy('at')
    .execute()
  return {
    positions: positions.map(({ unit_id, at, lat, lon, accuracy }) => ({
      unitId: unit_id,
      at,
      lat,
      lon,
      ...present({ accuracy: accuracy ?? undefined }),
    })),
    causes: causes.map(({ unit_id, at, cause, text }) => ({
      unitId: unit_id,
      at,
      cause,
      ...present({ text: text ?? undefined }),
    })),
    photos: photos.map(({ id, unit_id, at, bytes }) => ({ id, unitId: unit_id, at, bytes })),
  }
}
