import { type Kind, kinds, type RuleSettings } from '@lifeline/contracts'
import { effectiveSettings, settingViolations } from '@lifeline/rules'
import type { Actor } from '../audit/audit.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import { recordSettings } from './change-equipment.ts'
import { EquipmentRefusedError } from './equipment-refused.ts'
import { ownSettings } from './own-settings.ts'

export type KindSettings = Readonly<Record<Kind, RuleSettings>>

/** What is set for all machines of each kind; a machine's own settings go before it. */
export async function readKindSettings(db: RegistryDb): Promise<KindSettings> {
  const rows = await db.selectFrom('kind_settings').selectAll().execute()
  const set = new Map(rows.map(({ kind, settings }) => [kind, settings]))
  return Object.fromEntries(kinds.map((kind) => [kind, set.get(kind) ?? {}])) as unknown as KindSettings
}

/** The name under which a kind stands in the audit; no device can have it. */
export const auditName = (kind: Kind): string => `kind/${kind}`

/**
 * Changes some settings of all machines of a kind and keeps who did it.
 * @returns what is set for the kind then
 * @throws EquipmentRefusedError where a setting is unknown, beyond its range or would loosen what may only be tightened
 */
export function changeKindSettings(
  db: RegistryDb,
  kind: Kind,
  changes: RuleSettings,
  by: Actor,
): Promise<RuleSettings> {
  return db.transaction().execute(async (transaction) => {
    const violations = settingViolations(kind, changes)
    if (violations.length > 0) throw new EquipmentRefusedError(violations)
    const before = (await readKindSettings(transaction))[kind]
    const settings = ownSettings(effectiveSettings({ kind, settings: {} }), before, changes)
    const row = { kind, settings: JSON.stringify(settings) }
    await transaction
      .insertInto('kind_settings')
      .values(row)
      .onConflict((conflict) => conflict.column('kind').doUpdateSet(row))
      .execute()
    await recordSettings(transaction, auditName(kind), before, settings, by)
    return settings
  })
}
