import { isDeepStrictEqual } from 'node:util'
import type { Equipment, RuleSettings } from '@lifeline/contracts'
import type { RegistryDb } from '../database/registry-db.ts'
import { EquipmentRefusedError } from './equipment-refused.ts'
import { rowOf } from './equipment-row.ts'
import { equipmentViolations } from './equipment-violations.ts'

export interface EquipmentChange {
  readonly created: boolean
  /** The gateways that stand for the device now or stood for it before. */
  readonly gatewayIds: readonly string[]
}

/** Who changes something, and when (ms since the Unix epoch). */
export interface ChangedBy {
  readonly name: string
  readonly at: number
}

/**
 * Enters a device, or replaces what is known of it.
 * @throws EquipmentRefusedError
 */
export function saveEquipment(db: RegistryDb, equipment: Equipment, by: ChangedBy): Promise<EquipmentChange> {
  return db.transaction().execute(async (transaction) => {
    const violations = await equipmentViolations(transaction, equipment)
    if (violations.length > 0) throw new EquipmentRefusedError(violations)
    const { deviceId, siteId, settings } = equipment
    const before = await transaction
      .selectFrom('equipment')
      .select(['site_id', 'settings'])
      .where('device_id', '=', deviceId)
      .forUpdate()
      .executeTakeFirst()
    const row = rowOf(equipment)
    await transaction
      .insertInto('equipment')
      .values(row)
      .onConflict((conflict) => conflict.column('device_id').doUpdateSet(row))
      .execute()
    await recordSettings(transaction, deviceId, before?.settings ?? {}, settings, by)
    const gatewayIds = await gatewaysAt(transaction, [siteId, before?.site_id ?? siteId])
    return { created: before === undefined, gatewayIds }
  })
}

/**
 * Removes a device and its credential.
 * @returns the gateways that stood for it, or undefined where there was no such device
 */
export function removeEquipment(db: RegistryDb, deviceId: string): Promise<string[] | undefined> {
  return db.transaction().execute(async (transaction) => {
    const removed = await transaction
      .deleteFrom('equipment')
      .where('device_id', '=', deviceId)
      .returning('site_id')
      .executeTakeFirst()
    if (removed === undefined) return undefined
    await transaction.deleteFrom('credentials').where('username', '=', deviceId).execute()
    return gatewaysAt(transaction, [removed.site_id])
  })
}

async function gatewaysAt(db: RegistryDb, siteIds: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('gateways').select('id').where('site_id', 'in', siteIds).execute()
  return rows.map(({ id }) => id)
}

/** Keeps who changed a device's settings from what to what; nothing where they are the same. */
export async function recordSettings(
  db: RegistryDb,
  deviceId: string,
  before: RuleSettings,
  after: RuleSettings,
  by: ChangedBy,
): Promise<void> {
  if (isDeepStrictEqual(before, after)) return
  await db
    .insertInto('settings_audit')
    .values({
      device_id: deviceId,
      changed_at: by.at,
      changed_by: by.name,
      settings_before: JSON.stringify(before),
      settings_after: JSON.stringify(after),
    })
    .execute()
}
