import type { RuleSettings } from '@lifeline/contracts'

/** Settings after changes; one that is what would hold without it is no setting of one's own any more. */
export function ownSettings(otherwise: RuleSettings, settings: RuleSettings, changes: RuleSettings): RuleSettings {
  const rules = new Set([...Object.keys(settings), ...Object.keys(changes)])
  const own = [...rules].sort().map((rule): [string, Record<string, number>] => {
    const values = Object.entries({ ...settings[rule], ...changes[rule] })
    return [rule, Object.fromEntries(values.filter(([name, value]) => value !== otherwise[rule]?.[name]).sort())]
  })
  return Object.fromEntries(own.filter(([, values]) => Object.keys(values).length > 0))
}
