/** `a.b[0].c` in the item; `^.a` in the payload that the item is a part of; `{a}` a level of the topic. */
export const itemPathPattern = /^(\{\w+\}|(\^\.)?[^.[\]{}^]+(\[\d+\]|\.[^.[\]{}^]+)*)$/u

/** What a path is read in. */
export interface Scope {
  readonly item: unknown
  readonly payload: unknown
  readonly topic: Readonly<Record<string, string>>
}

export type ItemPath = (scope: Scope) => unknown

/** Reads what stands at a path; undefined where there is nothing. Never follows what an object inherits. */
export function compilePath(path: string): ItemPath {
  if (path.startsWith('{')) {
    const name = path.slice(1, -1)
    return ({ topic }) => (Object.hasOwn(topic, name) ? topic[name] : undefined)
  }
  const outer = path.startsWith('^.')
  const steps = (outer ? path.slice(2) : path).replaceAll(/\[(\d+)\]/g, '.$1').split('.')
  return ({ item, payload }) => {
    let value = outer ? payload : item
    for (const step of steps) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
      value = (value as Record<string, unknown>)[step]
    }
    return value
  }
}

/** Whether there is nothing to read: vendors write `null` and `""` for "not known" and for "not yet". */
export const isAbsent = (value: unknown): value is undefined => value === undefined || value === null || value === ''
