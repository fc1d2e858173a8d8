import type { RuleSettings } from '@lifeline/contracts'

/** What somebody has typed, by rule and setting, before it is saved. */
export type Edits = ReadonlyMap<string, string>

export const editKey = (rule: string, setting: string): string => `${rule}.${setting}`

/** A number as it is typed; undefined where it is none. */
export function numberTyped(text: string): number | undefined {
  const value = Number(text)
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value
}

/** The edits that change something, as the API takes them; undefined where one is no number. */
export function changesOf(edits: Edits, inForce: RuleSettings): RuleSettings | undefined {
  const changes: Record<string, Record<string, number>> = {}
  for (const [key, text] of edits) {
    const [rule = '', setting = ''] = key.split('.')
    const value = numberTyped(text)
    if (value === undefined) return undefined
    if (inForce[rule]?.[setting] === value) continue
    changes[rule] = { ...changes[rule], [setting]: value }
  }
  return changes
}

export const countOf = (changes: RuleSettings): number =>
  Object.values(changes).reduce((sum, settings) => sum + Object.keys(settings).length, 0)
