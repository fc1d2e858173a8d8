import { randomBytes } from 'node:crypto'
import { type Actor, recordAct } from '../audit/audit.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import { issueCredential, revokeCredential } from './credentials.ts'

/** A rescuer's phone. */
export interface Phone {
  readonly id: string
  readonly unitId: string
  readonly name: string
}

/** The phones of a unit, by id. */
export async function phonesOf(db: RegistryDb, unitId: string): Promise<Phone[]> {
  const rows = await db.selectFrom('phones').selectAll().where('unit_id', '=', unitId).orderBy('id').execute()
  return rows.map(({ id, name }) => ({ id, unitId, name }))
}

/**
 * Enters a phone with a secret.
 * @returns undefined where there is no such unit; the secret is kept nowhere
 */
export async function enterPhone(
  db: RegistryDb,
  unitId: string,
  name: string,
  by: Actor,
): Promise<(Phone & { readonly password: string }) | undefined> {
  const unit = await db.selectFrom('units').select('id').where('id', '=', unitId).executeTakeFirst()
  if (unit === undefined) return undefined
  // Nothing else is called so: it shares its row of names with devices and gateways.
  const id = `phone-${randomBytes(6).toString('hex')}`
  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('phones').values({ id, unit_id: unitId, name }).execute()
    await recordAct(transaction, by, 'phone.entered', id, { unitId, name })
  })
  return { id, unitId, name, password: await issueCredential(db, id, by) }
}

/** Removes a phone and its secret, at once. @returns whether the unit had it */
export const removePhone = (db: RegistryDb, unitId: string, id: string, by: Actor): Promise<boolean> =>
  db.transaction().execute(async (transaction) => {
    const gone = transaction.deleteFrom('phones').where('id', '=', id).where('unit_id', '=', unitId)
    if ((await gone.executeTakeFirstOrThrow()).numDeletedRows === 0n) return false
    await revokeCredential(transaction, id, by)
    await recordAct(transaction, by, 'phone.removed', id, { unitId })
    return true
  })
