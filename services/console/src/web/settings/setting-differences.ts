import type { RuleSettings } from '@lifeline/contracts'

export interface SettingDifference {
  readonly rule: string
  readonly name: string
  /** undefined: the default. */
  readonly from: number | undefined
  readonly to: number | undefined
}

/** What differs between two sets of deviations from the defaults. */
export function settingDifferences(before: RuleSettings, after: RuleSettings): readonly SettingDifference[] {
  const rules = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...rules].flatMap((rule) => {
    const names = new Set([...Object.keys(before[rule] ?? {}), ...Object.keys(after[rule] ?? {})])
    return [...names]
      .map((name) => ({ rule, name, from: before[rule]?.[name], to: after[rule]?.[name] }))
      .filter(({ from, to }) => from !== to)
  })
}
