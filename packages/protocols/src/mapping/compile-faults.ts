import { compileCodes } from './code-table.ts'
import { compilePath, isAbsent, type Scope } from './item-path.ts'
import type { FaultRule } from './mapping-schema.ts'
import { bitOf, ItemError, shown } from './read-value.ts'

/**
 * The slugs of what is wrong now; undefined where the vendor says nothing of it.
 * @throws ItemError
 */
export type FaultReader = (scope: Scope) => readonly string[] | undefined

export function compileFaults(rules: readonly FaultRule[]): FaultReader {
  const readers = rules.map(compileFault)
  return (scope) => {
    const found = new Set<string>()
    let said = false
    for (const read of readers) {
      const slugs = read(scope)
      said ||= slugs !== undefined
      for (const slug of slugs ?? []) if (slug !== 'none') found.add(slug)
    }
    return said ? [...found] : undefined
  }
}

function compileFault(rule: FaultRule): FaultReader {
  const { path } = rule
  const at = compilePath(path)
  if ('bits' in rule) {
    const bits = Object.entries(rule.bits).map(([bit, slug]) => [Number(bit), slug] as const)
    return (scope) => {
      const value = at(scope)
      return isAbsent(value) ? undefined : bits.filter(([bit]) => bitOf(value, bit, path)).map(([, slug]) => slug)
    }
  }
  const slugs = 'codes' in rule ? compileCodes(rule.codes) : undefined
  const values = 'values' in rule ? new Map(Object.entries(rule.values)) : undefined
  return (scope) => {
    const value = at(scope)
    if (isAbsent(value)) return undefined
    return (Array.isArray(value) ? value : [value]).flatMap((code: unknown) => {
      const slug = slugs === undefined ? values?.get(String(code)) : slugs(code)
      if (slug === undefined) throw new ItemError(path, `${shown(code)} is no code of the mapping`)
      return slug === null ? [] : [slug]
    })
  }
}
