import { epochMsSchema } from '@lifeline/contracts'
import { compilePath, isAbsent, type Scope } from './item-path.ts'
import type { Mapping, TimeRule } from './mapping-schema.ts'
import { ItemError, shown } from './read-value.ts'
import { compileTime } from './time-format.ts'

/** What a mapping says of the devices' clocks. */
export type Clock = Pick<Mapping, 'zone' | 'timeFormat'>

/**
 * The instant, ms since the Unix epoch, device clock; undefined where the vendor sends none.
 * @throws ItemError where what it sends is no such time
 */
export type InstantReader = (scope: Scope, receivedAt: number) => number | undefined

export function compileInstant(rule: TimeRule, { zone, timeFormat }: Clock): InstantReader {
  if (rule === 'received') return (_, receivedAt) => receivedAt
  const { path, format = timeFormat ?? 'iso' } = rule
  const at = compilePath(path)
  const read = compileTime(format, zone)
  return (scope) => {
    const value = at(scope)
    if (isAbsent(value)) return undefined
    const ms = read(value)
    if (ms === undefined || !epochMsSchema.safeParse(ms).success) {
      throw new ItemError(path, `${shown(value)} is no time like ${format}`)
    }
    return ms
  }
}
