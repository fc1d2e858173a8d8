import type { Equipment, Kind, RuleSettings } from '@lifeline/contracts'
import { rulesOf, settingsOf } from './catalogue.ts'
import { rangeOf, type SettingDefinition } from './rule.ts'

const defaults: Readonly<Record<Kind, RuleSettings>> = {
  elevator: withDefaults('elevator', {}),
  'tower-crane': withDefaults('tower-crane', {}),
  hoist: withDefaults('hoist', {}),
}

/** All settings of a device's rules as they are in force: its own where it has any, else the defaults. */
export function effectiveSettings({ kind, settings }: Pick<Equipment, 'kind' | 'settings'>): RuleSettings {
  // Most devices have none of their own, and there may be a hundred thousand of them.
  return Object.keys(settings).length === 0 ? defaults[kind] : withDefaults(kind, settings)
}

function withDefaults(kind: Kind, settings: RuleSettings): RuleSettings {
  return Object.fromEntries(
    rulesOf(kind).map((rule) => [
      rule.name,
      Object.fromEntries(
        Object.entries(settingsOf(rule)).map(([name, definition]) => [
          name,
          settings[rule.name]?.[name] ?? definition.default,
        ]),
      ),
    ]),
  )
}

/** Settings with others over them. */
export function mergeSettings(settings: RuleSettings, over: RuleSettings): RuleSettings {
  const merged = { ...settings }
  for (const [rule, values] of Object.entries(over)) merged[rule] = { ...merged[rule], ...values }
  return merged
}

export interface SettingViolation {
  /** `overspeed.criticalRatio`. */
  readonly path: string
  readonly message: string
}

/**
 * What forbids these changes to a device's settings; empty where they may be made. A safety limit may be tightened
 * and set back to its default, never loosened beyond it.
 */
export function settingViolations(kind: Equipment['kind'], changes: RuleSettings): SettingViolation[] {
  const violations: SettingViolation[] = []
  for (const [name, values] of Object.entries(changes)) {
    const rule = rulesOf(kind).find((candidate) => candidate.name === name)
    if (rule === undefined) {
      violations.push({ path: name, message: `${kind} has no rule ${name}` })
      continue
    }
    for (const [setting, value] of Object.entries(values)) {
      const message = whyNot(settingsOf(rule)[setting], value)
      if (message !== undefined) violations.push({ path: `${name}.${setting}`, message })
    }
  }
  return violations
}

function whyNot(definition: SettingDefinition | undefined, value: number): string | undefined {
  if (definition === undefined) return 'the rule has no such setting'
  const { only, unit } = definition
  const [least, most] = rangeOf(definition)
  if (value >= least && value <= most) return undefined
  if (only === 'lower' && value > most) return `may only be tightened: at most ${most} ${unit}`
  if (only === 'higher' && value < least) return `may only be tightened: at least ${least} ${unit}`
  return `must be from ${least} to ${most} ${unit}`
}
