import type { RegistryDb } from '../database/registry-db.ts'
import { rowOf } from '../equipment/equipment-row.ts'
import { unitRow } from '../equipment/units.ts'
import { writeCredentials } from './credentials-file.ts'
import type { DemoUser } from './demo-users.ts'
import type { District } from './district.ts'
import { newCredentials } from './new-credentials.ts'

/**
 * Fills an empty registry; one that holds anything is left as it is. The file with the secrets is written before the
 * database has their hashes: a kill between the two leaves the database empty, and the next start makes both anew.
 * @param caFile authority that vouches for the broker
 * @returns whether the registry was empty
 */
export async function seedDistrict(
  db: RegistryDb,
  district: District,
  people: readonly DemoUser[],
  credentialsFile: string,
  caFile?: string,
): Promise<boolean> {
  if (!(await isEmpty(db))) return false
  const { clear, credentials, users } = await newCredentials(district, people, caFile)
  await writeCredentials(credentialsFile, clear)
  await db.transaction().execute(async (transaction) => {
    const { sites, units, gateways, equipment } = district
    await transaction
      .insertInto('sites')
      .values([...sites])
      .execute()
    await transaction.insertInto('units').values(units.map(unitRow)).execute()
    await transaction.insertInto('equipment').values(equipment.map(rowOf)).execute()
    await transaction
      .insertInto('gateways')
      .values(gateways.map(({ id, siteId }) => ({ id, site_id: siteId })))
      .execute()
    await transaction.insertInto('credentials').values(credentials).execute()
    await transaction.insertInto('users').values(users).execute()
  })
  return true
}

async function isEmpty(db: RegistryDb): Promise<boolean> {
  for (const table of ['sites', 'units', 'equipment', 'users'] as const) {
    const row = await db.selectFrom(table).select(db.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow()
    if (row.rows > 0) return false
  }
  return true
}
