import type { Equipment, Frame } from '@lifeline/contracts'
import { offline } from './all/offline.ts'
import { sensorImplausible } from './all/sensor-implausible.ts'
import { rulesOf } from './catalogue.ts'
import type { Judge, Rule, SettingDefinitions, SettingValues } from './rule.ts'
import { effectiveSettings } from './settings.ts'

/** A rule with everything that is fixed for one device worked out. */
export interface BoundRule<S extends SettingDefinitions = SettingDefinitions> {
  readonly rule: Rule
  readonly settings: SettingValues<S>
  readonly rejoinMs: number
}

export interface FrameRule extends BoundRule {
  readonly judge: Judge<Frame>
}

export interface BoundRules {
  /** Those that a frame is enough for, in the order they are judged. */
  readonly frame: readonly FrameRule[]
  /** Those whose times are the device's: all of `frame`, and sensor_implausible. */
  readonly deviceTimed: readonly BoundRule[]
  readonly implausible: BoundRule
  readonly offline: BoundRule<(typeof offline)['settings']>
}

/** The rules of a device by its parameters and settings. */
export function bindRules(equipment: Equipment): BoundRules {
  const values = effectiveSettings(equipment)
  const bound = (rule: { readonly name: string }): BoundRule => {
    const settings = values[rule.name] ?? {}
    return { rule: rule as Rule, settings, rejoinMs: (settings.rejoinSeconds ?? 0) * 1000 }
  }
  const frame = rulesOf(equipment.kind).flatMap((rule) => {
    const settings = values[rule.name] ?? {}
    return rule.bind === undefined ? [] : [{ ...bound(rule), judge: rule.bind(equipment.parameters, settings) }]
  })
  const implausible = bound(sensorImplausible)
  return { frame, implausible, deviceTimed: [...frame, implausible], offline: bound(offline) as BoundRules['offline'] }
}
