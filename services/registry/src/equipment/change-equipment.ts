import { isDeepStrictEqual } from 'node:util'
import type { Equipment, RuleSettings } from '@lifeline/contracts'
import { revokeCredential } from '../accounts/credentials.ts'
import { type Actor, recordAct } from '../audit/audit.ts'
import { equipmentDifference } from '../audit/equipment-difference.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import { EquipmentRefusedError } from './equipment-refused.ts'
import { equipmentOf, rowOf } from './equipment-row.ts'
import { equipmentViolations } from './equipment-violations.ts'
import { selectEquipment } from './read-equipment.ts'

export interface EquipmentChange {
  readonly created: boolean
  /** The gateways that stand for the device now or stood for it before. */
  readonly gatewayIds: readonly string[]
}

/**
 * Enters a device, or replaces what is known of it, and keeps who did it.
 * @param hide what is kept of operators' cards in the audit
 * @throws EquipmentRefusedError
 */
export function saveEquipment(
  db: RegistryDb,
  equipment: Equipment,
  by: Actor,
  hide: (token: string) => string,
): Promise<EquipmentChange> {
  return db.transaction().execute(async (transaction) => {
    const violations = await equipmentViolations(transaction, equipment)
    if (violations.length > 0) throw new EquipmentRefusedError(violations)
    const { deviceId, siteId, settings } = equipment
    const before = await lockedEquipment(transaction, deviceId)
    const row = rowOf(equipment)
    await transaction
      .insertInto('equipment')
      .values(row)
      .onConflict((conflict) => conflict.column('device_id').doUpdateSet(row))
      .execute()
    const difference = equipmentDifference(before, equipment, hide)
    if (Object.keys({ ...difference.before, ...difference.after }).length > 0) {
      const act = before === undefined ? 'equipment.entered' : 'equipment.changed'
      await recordAct(transaction, by, act, deviceId, difference)
    }
    await recordSettings(transaction, deviceId, before?.settings ?? {}, settings, by)
    const gatewayIds = await gatewaysAt(transaction, [siteId, before?.siteId ?? siteId])
    return { created: before === undefined, gatewayIds }
  })
}

/**
 * Removes a device and its credential, and keeps who did it.
 * @param hide what is kept of operators' cards in the audit
 * @returns the gateways that stood for it, or undefined where there was no such device
 */
export function removeEquipment(
  db: RegistryDb,
  deviceId: string,
  by: Actor,
  hide: (token: string) => string,
): Promise<string[] | undefined> {
  return db.transaction().execute(async (transaction) => {
    const before = await lockedEquipment(transaction, deviceId)
    if (before === undefined) return undefined
    await transaction.deleteFrom('equipment').where('device_id', '=', deviceId).execute()
    await recordAct(transaction, by, 'equipment.removed', deviceId, equipmentDifference(before, undefined, hide))
    await revokeCredential(transaction, deviceId, by)
    return gatewaysAt(transaction, [before.siteId])
  })
}

async function lockedEquipment(db: RegistryDb, deviceId: string): Promise<Equipment | undefined> {
  const rows = selectEquipment(db).where('equipment.device_id', '=', deviceId).forUpdate('equipment')
  const row = await rows.executeTakeFirst()
  return row === undefined ? undefined : equipmentOf(row)
}

async function gatewaysAt(db: RegistryDb, siteIds: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('gateways').select('id').where('site_id', 'in', siteIds).execute()
  return rows.map(({ id }) => id)
}

/** Keeps who changed a device's settings from what to what; nothing where they are the same. */
export async function recordSettings(
  db: RegistryDb,
  subject: string,
  before: RuleSettings,
  after: RuleSettings,
  by: Actor,
): Promise<void> {
  if (!isDeepStrictEqual(before, after)) await recordAct(db, by, 'settings.changed', subject, { before, after })
}
