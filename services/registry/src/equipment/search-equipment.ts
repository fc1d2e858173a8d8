import type { Equipment, Kind } from '@lifeline/contracts'
import { sql } from 'kysely'
import type { RegistryDb } from '../database/registry-db.ts'
import { equipmentOf } from './equipment-row.ts'
import { selectEquipment } from './read-equipment.ts'

export interface EquipmentSearch {
  /** Words, all of which must be found, in any of the texts by which people name a device. */
  readonly query?: string | undefined
  readonly kind?: Kind | undefined
  readonly siteId?: string | undefined
  /** Only what this unit maintains. */
  readonly maintenanceUnit?: string | undefined
  /** Only device ids behind this one. */
  readonly after?: string | undefined
  readonly limit: number
}

/** Where a word is looked for: rescue and registration code, address, site, units, device id. */
const texts = sql<string>`concat_ws(' ', equipment.rescue_code, equipment.registration_code, equipment.address,
  sites.name, equipment.use_unit, equipment.maintenance_unit, units.name, equipment.device_id)`

/** The first `limit` devices that fit, by device id. Upper and lower case are the same. */
export async function searchEquipment(db: RegistryDb, search: EquipmentSearch): Promise<Equipment[]> {
  let rows = selectEquipment(db)
    .innerJoin('units', 'units.id', 'equipment.maintenance_unit')
    .orderBy('equipment.device_id')
    .limit(search.limit)
  if (search.kind !== undefined) rows = rows.where('equipment.kind', '=', search.kind)
  if (search.siteId !== undefined) rows = rows.where('equipment.site_id', '=', search.siteId)
  if (search.maintenanceUnit !== undefined) {
    rows = rows.where('equipment.maintenance_unit', '=', search.maintenanceUnit)
  }
  if (search.after !== undefined) rows = rows.where('equipment.device_id', '>', search.after)
  for (const word of (search.query ?? '').split(/\s+/)) {
    if (word !== '') rows = rows.where(texts, 'ilike', `%${literal(word)}%`)
  }
  return (await rows.execute()).map(equipmentOf)
}

/** A word as a LIKE pattern that stands for itself only. */
const literal = (word: string): string => word.replace(/[\\%_]/g, '\\$&')
