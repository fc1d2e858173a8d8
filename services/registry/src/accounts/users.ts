import type { Role } from '@lifeline/contracts'
import type { Selectable } from 'kysely'
import { type Actor, recordAct } from '../audit/audit.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import type { UserTable } from '../database/tables.ts'
import { EquipmentRefusedError } from '../equipment/equipment-refused.ts'
import { hashPassword } from './password-hash.ts'
import { personPassword } from './secrets.ts'

/** Somebody who may sign in, as an administrator sees him. */
export interface User {
  readonly name: string
  readonly role: Role
  readonly unitId?: string
  readonly disabled: boolean
}

/** What an administrator sets of a user. */
export type UserChange = Omit<User, 'name'>

const unitRoles: readonly Role[] = ['maintenance', 'rescuer']

export async function allUsers(db: RegistryDb): Promise<User[]> {
  return (await db.selectFrom('users').selectAll().orderBy('name').execute()).map(userOf)
}

const userOf = ({ name, role, unit_id, disabled_at }: Selectable<UserTable>): User => ({
  name,
  role,
  disabled: disabled_at !== null,
  ...(unit_id === null ? {} : { unitId: unit_id }),
})

async function findUser(db: RegistryDb, name: string): Promise<User | undefined> {
  const row = await db.selectFrom('users').selectAll().where('name', '=', name).forUpdate().executeTakeFirst()
  return row && userOf(row)
}

/**
 * Enters a user, with a new password.
 * @returns the password, kept nowhere; undefined where the name is taken
 * @throws EquipmentRefusedError where the role needs a unit that is not there, or must have none
 */
export async function enterUser(
  db: RegistryDb,
  { name, role, unitId }: Omit<User, 'disabled'>,
  by: Actor,
): Promise<string | undefined> {
  await mustFit(db, role, unitId)
  const password = personPassword()
  const password_hash = await hashPassword(password)
  return db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('users')
      .values({ name, role, unit_id: unitId ?? null, password_hash, disabled_at: null, sessions_from: null })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return undefined
    await recordAct(transaction, by, 'user.entered', name, { role, unitId })
    return password
  })
}

/**
 * Changes a user's role or unit, disables or enables him. His sessions of before are ended with it, as they carry what
 * he was.
 * @returns undefined where there is no such user
 * @throws EquipmentRefusedError as `enterUser`, and where an administrator would lock himself out
 */
export async function changeUser(
  db: RegistryDb,
  name: string,
  change: UserChange,
  by: Actor,
): Promise<User | undefined> {
  const { role, unitId, disabled } = change
  if (name === by.name && (disabled || role !== 'administrator')) {
    throw new EquipmentRefusedError([{ path: 'name', message: 'nobody disables or demotes himself' }])
  }
  await mustFit(db, role, unitId)
  return db.transaction().execute(async (transaction) => {
    const before = await findUser(transaction, name)
    if (before === undefined) return undefined
    const after: User = { name, role, disabled, ...(unitId === undefined ? {} : { unitId }) }
    await transaction
      .updateTable('users')
      .set({ role, unit_id: unitId ?? null, disabled_at: disabled ? by.at : null, sessions_from: by.at })
      .where('name', '=', name)
      .execute()
    const act = before.disabled === disabled ? 'user.changed' : disabled ? 'user.disabled' : 'user.enabled'
    await recordAct(transaction, by, act, name, { before, after })
    return after
  })
}

/** Gives a user a new password, which ends the old one and the sessions of before. Undefined: no such user. */
export async function resetPassword(db: RegistryDb, name: string, by: Actor): Promise<string | undefined> {
  const password = personPassword()
  const password_hash = await hashPassword(password)
  return db.transaction().execute(async (transaction) => {
    if ((await findUser(transaction, name)) === undefined) return undefined
    await transaction
      .updateTable('users')
      .set({ password_hash, sessions_from: by.at })
      .where('name', '=', name)
      .execute()
    await recordAct(transaction, by, 'user.password_reset', name, {})
    return password
  })
}

async function mustFit(db: RegistryDb, role: Role, unitId: string | undefined): Promise<void> {
  const needed = unitRoles.includes(role)
  if (needed !== (unitId !== undefined)) {
    const message = needed ? `a ${role} is of a unit` : `a ${role} is of no unit`
    throw new EquipmentRefusedError([{ path: 'unitId', message }])
  }
  if (unitId === undefined) return
  const unit = await db.selectFrom('units').select('id').where('id', '=', unitId).executeTakeFirst()
  if (unit === undefined) throw new EquipmentRefusedError([{ path: 'unitId', message: `there is no unit ${unitId}` }])
}
