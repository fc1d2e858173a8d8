import type { SessionUser } from '@lifeline/contracts'
import type { RegistryDb } from '../database/registry-db.ts'
import { passwordMatches } from './password-hash.ts'

/** The user with that name and password who is not disabled, or undefined; takes as long for a name that does not exist. */
export async function signIn(db: RegistryDb, name: string, password: string): Promise<SessionUser | undefined> {
  const row = await db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst()
  const matches = await passwordMatches(password, row?.password_hash)
  if (row === undefined || !matches || row.disabled_at !== null) return undefined
  return { name: row.name, role: row.role, ...(row.unit_id === null ? {} : { unitId: row.unit_id }) }
}
