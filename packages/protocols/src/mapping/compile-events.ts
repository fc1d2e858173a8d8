import type { LoggedEvent } from '@lifeline/contracts'
import { compileCodes } from './code-table.ts'
import { compilePath, isAbsent, type Scope } from './item-path.ts'
import type { EventRule } from './mapping-schema.ts'
import { type Clock, compileInstant, type InstantReader } from './read-instant.ts'
import { compileField, ItemError, shown } from './read-value.ts'

/** What one thing told: its events in order, or why it could not be read. */
export type EventReader = (scope: Scope, receivedAt: number) => { events: LoggedEvent[]; errors: ItemError[] }

export function compileEvents(rules: readonly EventRule[], clock: Clock): EventReader {
  const readers = rules.map((rule) => ({
    list: rule.each === undefined ? undefined : compilePath(rule.each),
    each: rule.each ?? '',
    read: compileEvent(rule, clock),
  }))
  return (scope, receivedAt) => {
    const events: LoggedEvent[] = []
    const errors: ItemError[] = []
    for (const { list, each, read } of readers) {
      const found = list === undefined ? [scope.item] : list(scope)
      if (isAbsent(found)) continue
      for (const [i, item] of (Array.isArray(found) ? found : [found]).entries()) {
        try {
          events.push(...read({ ...scope, item }, receivedAt))
        } catch (error) {
          if (!(error instanceof ItemError)) throw error
          errors.push(list === undefined ? error : new ItemError(`${each}[${i}].${error.path}`, error.message))
        }
      }
    }
    return { events, errors }
  }
}

function compileEvent(rule: EventRule, clock: Clock): (scope: Scope, receivedAt: number) => LoggedEvent[] {
  const code = compilePath(rule.code)
  const slugOf = compileCodes(rule.codes)
  const when = occurrence(rule, clock)
  return (scope, receivedAt) => {
    const number = code(scope)
    if (isAbsent(number)) return []
    const slug = slugOf(number)
    if (slug === undefined) throw new ItemError(rule.code, `${shown(number)} is no code of the table`)
    return slug === 'none' ? [] : when(scope, receivedAt).map(([time, active]) => ({ time, code: slug, active }))
  }
}

type Occurrence = (scope: Scope, receivedAt: number) => readonly (readonly [time: number, active: boolean])[]

/**
 * Latched: begun, and over where the end is filled in. Such a report says both, since the one of the beginning may
 * never have come. Else on or off, as the vendor says.
 */
function occurrence({ start, end, time, active }: EventRule, clock: Clock): Occurrence {
  if (start !== undefined && end !== undefined) {
    const [begun, over] = [compileInstant(start, clock), compileInstant(end, clock)]
    return (scope, receivedAt) => {
      const [from, to] = [begun(scope, receivedAt), over(scope, receivedAt)]
      if (from === undefined && to === undefined) throw new ItemError(pathOf(start), 'neither a start nor an end')
      return [
        ...(from === undefined ? [] : ([[from, true]] as const)),
        ...(to === undefined ? [] : ([[to, false]] as const)),
      ]
    }
  }
  const at: InstantReader = compileInstant(time ?? 'received', clock)
  const on = compileField(active ?? { value: true }, undefined, { type: 'boolean' })
  return (scope, receivedAt) => {
    const instant = at(scope, receivedAt)
    if (instant === undefined) throw new ItemError(pathOf(time), 'the time is missing')
    const state = on(scope)
    return state === undefined ? [] : [[instant, state === true]]
  }
}

const pathOf = (rule: EventRule['time']): string => (typeof rule === 'object' ? rule.path : '')
