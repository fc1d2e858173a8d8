import type { Equipment } from '@lifeline/contracts'
import { mergeSettings } from '@lifeline/rules'
import type { KindSettings } from '../equipment/kind-settings.ts'

/**
 * A device as the others are told of it: with the settings of its kind under its own, and its operators by what the
 * gateway makes of their cards, so that no card stands in the log or in a bucket.
 */
export const toldEquipment = (
  equipment: Equipment,
  kindSettings: KindSettings,
  pseudonym: (token: string) => string,
): Equipment => ({
  ...equipment,
  settings: mergeSettings(kindSettings[equipment.kind], equipment.settings),
  operators: equipment.operators.map(pseudonym),
})
