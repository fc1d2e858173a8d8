import type { Unit } from '@lifeline/contracts'
import type { Insertable } from 'kysely'
import type { RegistryDb } from '../database/registry-db.ts'
import type { UnitTable } from '../database/tables.ts'

/** All units, by id. */
export async function allUnits(db: RegistryDb): Promise<Unit[]> {
  const rows = await db.selectFrom('units').selectAll().orderBy('id').execute()
  return rows.map(({ lat, lon, ...unit }) => ({
    ...unit,
    ...(lat === null || lon === null ? {} : { location: { lat, lon } }),
  }))
}

/** Undefined where there is no such unit, and where none is named. */
export async function nameOfUnit(db: RegistryDb, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined
  return (await db.selectFrom('units').select('name').where('id', '=', id).executeTakeFirst())?.name
}

export const unitRow = ({ location, ...unit }: Unit): Insertable<UnitTable> => ({
  ...unit,
  lat: location?.lat ?? null,
  lon: location?.lon ?? null,
})
