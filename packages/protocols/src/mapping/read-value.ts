import { compilePath, type ItemPath, isAbsent, type Scope } from './item-path.ts'
import type { FieldRule, ValueRule } from './mapping-schema.ts'
import { unitFactor } from './unit.ts'

/** Thrown where a vendor's value is not what its mapping says. Its message stands in the quarantine. */
export class ItemError extends Error {
  override readonly name = 'ItemError'
  /** Where in the item. */
  readonly path: string

  constructor(path: string, reason: string) {
    super(reason)
    this.path = path
  }
}

/** What a field of a frame may hold. */
export interface FieldType {
  readonly type: 'number' | 'integer' | 'boolean' | 'string'
}

/** The field's value, undefined where the vendor sends none. @throws ItemError */
export type ValueReader = (scope: Scope) => unknown

/**
 * @param field the frame's field, for its unit; absent where it is none
 * @param wanted what the value must become; absent where anything may be
 */
export function compileField(rule: FieldRule, field?: string, wanted?: FieldType): ValueReader {
  const read = compileValue(rule, field)
  const factor = rule.times === undefined ? undefined : compileValue(rule.times)
  const place = rule.path ?? ''
  return (scope) => {
    let value = read(scope)
    if (value !== undefined && factor !== undefined) {
      const by = factor(scope)
      if (by === undefined) return undefined
      value = exact(numberOf(value, place) * numberOf(by, rule.times?.path ?? ''))
    }
    return value === undefined || wanted === undefined ? value : coerce(value, wanted.type, place)
  }
}

function compileValue(rule: ValueRule, field?: string): ValueReader {
  const { none, bit, values, scale = 1, offset = 0, unit, wrap, path = '' } = rule
  const source: ItemPath = rule.path === undefined ? () => rule.value : compilePath(rule.path)
  const factor = scale * (unit === undefined || field === undefined ? 1 : unitFactor(field, unit))
  const absent = new Set(none?.map(String))
  const table = values === undefined ? undefined : new Map(Object.entries(values))
  const numeric = factor !== 1 || offset !== 0 || wrap !== undefined
  return (scope) => {
    let value = source(scope)
    if (isAbsent(value) || absent.has(String(value))) return undefined
    if (bit !== undefined) value = bitOf(value, bit, path)
    if (table !== undefined) {
      const key = typeof value === 'object' ? '' : String(value)
      const known = table.has(key) ? table.get(key) : table.get('*')
      if (known === undefined) throw new ItemError(path, `${shown(value)} is none of ${[...table.keys()].join(', ')}`)
      if (known === null) return undefined
      value = known
    }
    if (!numeric) return value
    let number = exact(numberOf(value, path) * factor + offset)
    if (wrap !== undefined) number = exact(((number % wrap) + wrap) % wrap)
    return number
  }
}

/** Whether a bit of a number, or of a string of 0 and 1 with bit 0 first, is set. @throws ItemError */
export function bitOf(value: unknown, bit: number, path: string): boolean {
  if (typeof value === 'string' && /^[01]+$/.test(value)) return value[bit] === '1'
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) {
    return Math.floor(value / 2 ** bit) % 2 === 1
  }
  throw new ItemError(path, `${shown(value)} has no bits: neither a whole number nor a string of 0 and 1`)
}

/** 0.1 * 3 is to be 0.3: no sensor has twelve digits. */
const exact = (value: number): number => Number(value.toPrecision(12))

function numberOf(value: unknown, path: string): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value)) return Number(value)
  throw new ItemError(path, `${shown(value)} is no number`)
}

const truths: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  ['true', true],
  [false, false],
  [0, false],
  ['0', false],
  ['false', false],
])

function coerce(value: unknown, type: FieldType['type'], path: string): unknown {
  if (type === 'string') return typeof value === 'number' ? String(value) : value
  if (type === 'boolean') {
    const truth = truths.get(value)
    if (truth === undefined) throw new ItemError(path, `${shown(value)} is neither yes nor no`)
    return truth
  }
  const number = numberOf(value, path)
  if (type === 'integer' && !Number.isSafeInteger(number)) throw new ItemError(path, `${number} is no whole number`)
  return number
}

/** A value as it may stand in a reason: short, and without what may be somebody's. */
export function shown(value: unknown): string {
  const text = typeof value === 'object' ? (Array.isArray(value) ? 'an array' : 'an object') : JSON.stringify(value)
  return text.length > 24 ? `${text.slice(0, 24)}…` : text
}
