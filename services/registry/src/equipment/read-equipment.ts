import type { Equipment } from '@lifeline/contracts'
import type { RegistryDb } from '../database/registry-db.ts'
import { equipmentOf } from './equipment-row.ts'

/** All equipment with its site; conditions and order are the caller's. */
export const selectEquipment = (db: RegistryDb) =>
  db
    .selectFrom('equipment')
    .innerJoin('sites', 'sites.id', 'equipment.site_id')
    .selectAll('equipment')
    .select('sites.rural')

export async function findEquipment(db: RegistryDb, deviceId: string): Promise<Equipment | undefined> {
  const row = await selectEquipment(db).where('equipment.device_id', '=', deviceId).executeTakeFirst()
  return row === undefined ? undefined : equipmentOf(row)
}

/** Some devices, or all where none are named; one that does not exist is left out. */
export async function readEquipment(db: RegistryDb, deviceIds?: readonly string[]): Promise<Equipment[]> {
  if (deviceIds?.length === 0) return []
  let rows = selectEquipment(db).orderBy('equipment.device_id')
  if (deviceIds !== undefined) rows = rows.where('equipment.device_id', 'in', deviceIds)
  return (await rows.execute()).map(equipmentOf)
}
