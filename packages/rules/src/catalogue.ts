import type { Kind } from '@lifeline/contracts'
import { offline } from './all/offline.ts'
import { sensorImplausible } from './all/sensor-implausible.ts'
import { alarmButton } from './elevator/alarm-button.ts'
import { entrapment } from './elevator/entrapment.ts'
import { elevatorOverload } from './elevator/overload.ts'
import { elevatorOverspeed } from './elevator/overspeed.ts'
import { hoistOverload } from './hoist/overload.ts'
import { hoistOverspeed } from './hoist/overspeed.ts'
import { tooManyPeople } from './hoist/too-many-people.ts'
import { type Bilingual, type Rule, rejoinSetting, type SettingDefinition, type SettingDefinitions } from './rule.ts'
import { moment } from './tower-crane/moment.ts'

const rules = [
  entrapment,
  alarmButton,
  elevatorOverspeed,
  elevatorOverload,
  moment,
  hoistOverload,
  hoistOverspeed,
  tooManyPeople,
  offline,
  sensorImplausible,
] as unknown as readonly Rule[]

/** The rules that apply to a kind, in the order they are judged. */
export function rulesOf(kind: Kind): readonly Rule[] {
  return rules.filter(({ kinds }) => kinds.includes(kind))
}

/** All settings of a rule: its own, and the one that every rule has. */
export const settingsOf = (rule: Rule): SettingDefinitions => ({ ...rule.settings, rejoinSeconds: rejoinSetting })

export interface CatalogueEntry {
  readonly rule: string
  readonly kinds: readonly Kind[]
  readonly version: number
  readonly title: Bilingual
  readonly predicate: Bilingual
  readonly settings: readonly ({ readonly name: string } & SettingDefinition)[]
}

/** What `GET /api/v1/rules` lists. A name that means different things for different kinds is listed for each. */
export const ruleCatalogue: readonly CatalogueEntry[] = rules.map((rule) => ({
  rule: rule.name,
  kinds: rule.kinds,
  version: rule.version,
  title: rule.title,
  predicate: rule.predicate,
  settings: Object.entries(settingsOf(rule)).map(([name, definition]) => ({ name, ...definition })),
}))
