import { type Kind, kinds } from '@lifeline/contracts'
import { clockSkew } from './all/clock-skew.ts'
import { notApprovedForUse } from './all/not-approved-for-use.ts'
import { offline } from './all/offline.ts'
import { powerLoss } from './all/power-loss.ts'
import { sensorImplausible } from './all/sensor-implausible.ts'
import { sensorStuck } from './all/sensor-stuck.ts'
import { tilt } from './all/tilt.ts'
import { unauthorisedOperator } from './all/unauthorised-operator.ts'
import { unreadableData } from './all/unreadable-data.ts'
import { alarmButton } from './elevator/alarm-button.ts'
import { doorFault } from './elevator/door-fault.ts'
import { doorOpenTooLong } from './elevator/door-open-too-long.ts'
import { entrapment } from './elevator/entrapment.ts'
import { elevatorMovingWithDoorOpen } from './elevator/moving-with-door-open.ts'
import { elevatorOverload } from './elevator/overload.ts'
import { elevatorOverspeed } from './elevator/overspeed.ts'
import { overtravelBottom, overtravelTop } from './elevator/overtravel.ts'
import { safetyChainOpen } from './elevator/safety-chain-open.ts'
import { stopOutsideDoorZone } from './elevator/stop-outside-door-zone.ts'
import { unintendedMovement } from './elevator/unintended-movement.ts'
import { hoistEntrapment } from './hoist/entrapment.ts'
import { hoistMovingWithDoorOpen } from './hoist/moving-with-door-open.ts'
import { hoistOverload } from './hoist/overload.ts'
import { hoistOverspeed } from './hoist/overspeed.ts'
import { hoistOvertravelBottom, hoistOvertravelTop } from './hoist/overtravel.ts'
import { safetyDeviceTripped } from './hoist/safety-device-tripped.ts'
import { tooManyPeople } from './hoist/too-many-people.ts'
import { hoistWind } from './hoist/wind.ts'
import {
  type Bilingual,
  type Rule,
  rangeOf,
  rejoinSetting,
  type SettingDefinition,
  type SettingDefinitions,
} from './rule.ts'
import { collision } from './tower-crane/collision.ts'
import { forbiddenZone } from './tower-crane/forbidden-zone.ts'
import { limitReached } from './tower-crane/limit-reached.ts'
import { limiterFailed } from './tower-crane/limiter-failed.ts'
import { moment } from './tower-crane/moment.ts'
import { craneOverload } from './tower-crane/overload.ts'
import { craneWind } from './tower-crane/wind.ts'

const rules = [
  entrapment,
  alarmButton,
  elevatorOverspeed,
  elevatorOverload,
  elevatorMovingWithDoorOpen,
  unintendedMovement,
  overtravelTop,
  overtravelBottom,
  stopOutsideDoorZone,
  doorFault,
  doorOpenTooLong,
  safetyChainOpen,
  moment,
  craneOverload,
  limiterFailed,
  craneWind,
  limitReached,
  forbiddenZone,
  collision,
  hoistEntrapment,
  hoistOverload,
  hoistOverspeed,
  tooManyPeople,
  hoistMovingWithDoorOpen,
  hoistOvertravelTop,
  hoistOvertravelBottom,
  safetyDeviceTripped,
  hoistWind,
  powerLoss,
  tilt,
  unauthorisedOperator,
  offline,
  unreadableData,
  clockSkew,
  sensorStuck,
  sensorImplausible,
  notApprovedForUse,
] as unknown as readonly Rule[]

const byKind = Object.fromEntries(
  kinds.map((kind) => [kind, rules.filter((rule) => rule.kinds.includes(kind))]),
) as unknown as Readonly<Record<Kind, readonly Rule[]>>

/** The rules that apply to a kind, in the order they are judged. */
export const rulesOf = (kind: Kind): readonly Rule[] => byKind[kind]

/** All settings of a rule: its own, and the one that every rule has, which it may set otherwise. */
export const settingsOf = (rule: Rule): SettingDefinitions => ({ rejoinSeconds: rejoinSetting, ...rule.settings })

export interface CatalogueEntry {
  readonly rule: string
  readonly kinds: readonly Kind[]
  readonly version: number
  readonly title: Bilingual
  readonly predicate: Bilingual
  /** Codes of the machine's own that are believed at once. */
  readonly reports: readonly string[]
  readonly settings: readonly ({ readonly name: string; readonly range: readonly number[] } & SettingDefinition)[]
}

/** What `GET /api/v1/rules` lists. A name that means different things for different kinds is listed for each. */
export const ruleCatalogue: readonly CatalogueEntry[] = rules.map((rule) => ({
  rule: rule.name,
  kinds: rule.kinds,
  version: rule.version,
  title: rule.title,
  predicate: rule.predicate,
  reports: rule.reports?.slugs ?? [],
  settings: Object.entries(settingsOf(rule)).map(([name, definition]) => ({
    name,
    ...definition,
    range: rangeOf(definition),
  })),
}))
