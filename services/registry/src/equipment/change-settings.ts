import type { Equipment, RuleSettings } from '@lifeline/contracts'
import { effectiveSettings, settingViolations } from '@lifeline/rules'
import type { Actor } from '../audit/audit.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import { recordSettings } from './change-equipment.ts'
import { EquipmentRefusedError } from './equipment-refused.ts'
import { equipmentOf } from './equipment-row.ts'
import { readKindSettings } from './kind-settings.ts'
import { ownSettings } from './own-settings.ts'
import { selectEquipment } from './read-equipment.ts'

/**
 * Changes some settings of a device and keeps who did it.
 * @returns the device as it is then, or undefined where there is none
 * @throws EquipmentRefusedError where a setting is unknown or would loosen what may only be tightened
 */
export function changeSettings(
  db: RegistryDb,
  deviceId: string,
  changes: RuleSettings,
  by: Actor,
): Promise<Equipment | undefined> {
  return db.transaction().execute(async (transaction) => {
    const row = await selectEquipment(transaction)
      .where('equipment.device_id', '=', deviceId)
      .forUpdate('equipment')
      .executeTakeFirst()
    if (row === undefined) return undefined
    const equipment = equipmentOf(row)
    const violations = settingViolations(equipment.kind, changes)
    if (violations.length > 0) throw new EquipmentRefusedError(violations)
    const { kind } = equipment
    const ofKind = effectiveSettings({ kind, settings: (await readKindSettings(transaction))[kind] })
    const settings = ownSettings(ofKind, equipment.settings, changes)
    await transaction
      .updateTable('equipment')
      .set({ settings: JSON.stringify(settings) })
      .where('device_id', '=', deviceId)
      .execute()
    await recordSettings(transaction, deviceId, equipment.settings, settings, by)
    return { ...equipment, settings }
  })
}
