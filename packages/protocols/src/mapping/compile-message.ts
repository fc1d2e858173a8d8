import { checkFrame, frameSchemas, type Kind, kinds } from '@lifeline/contracts'
import { z } from 'zod'
import type { RecordPart } from '../decoded.ts'
import type { Pseudonym } from '../personal-data.ts'
import { compileEvents } from './compile-events.ts'
import { compileFaults } from './compile-faults.ts'
import { compilePath, type ItemPath, isAbsent, type Scope } from './item-path.ts'
import type { Mapping, MessageMapping } from './mapping-schema.ts'
import { type Clock, compileInstant } from './read-instant.ts'
import { compileField, type FieldType, ItemError, shown } from './read-value.ts'
import { compileTopicPattern, type TopicMatch } from './topic-pattern.ts'

/** What one thing of a message said. */
export interface ItemRecords {
  readonly records: readonly RecordPart[]
  readonly errors: readonly ItemError[]
}

/** One entry of a mapping, ready to read with. */
export interface CompiledMessage {
  /** `registered`: that of the device as it is registered. */
  readonly kind: Kind | 'registered'
  readonly topic: TopicMatch | undefined
  /** Whether nothing is to be taken of it. */
  readonly silent: boolean
  /** Whether the entry is meant for this payload. */
  fits(scope: Scope): boolean
  /** The things that the payload holds: itself, or those of an array in it. @throws ItemError */
  items(scope: Scope): readonly unknown[]
  /** The vendor's id of the device; undefined where the mapping names no place for it. @throws ItemError */
  device(scope: Scope): string | undefined
  /** Never throws. */
  read(scope: Scope, kind: Kind, receivedAt: number, pseudonym: Pseudonym): ItemRecords
}

/** @param mapping for what all its messages have in common */
export function compileMessage(message: MessageMapping, mapping: Mapping): CompiledMessage {
  const kind = message.kind ?? mapping.kind
  if (kind === undefined) throw new TypeError('a checked mapping has a kind for each message')
  const conditions = Object.entries(message.when ?? {}).map(([path, wanted]) => ({
    at: compilePath(path),
    wanted: new Set((Array.isArray(wanted) ? wanted : [wanted]).map(String)),
  }))
  const list = message.each === undefined ? undefined : compilePath(message.each)
  const devicePath = message.device ?? mapping.device
  const deviceAt = devicePath === undefined ? undefined : compilePath(devicePath)
  return {
    kind,
    topic: message.topic === undefined ? undefined : compileTopicPattern(message.topic),
    silent: [message.frame, message.faults, message.events, message.status].every((it) => it === undefined),
    fits: (scope) => conditions.every(({ at, wanted }) => wanted.has(String(at(scope)))),
    items: (scope) => (list === undefined ? [scope.item] : itemsAt(list, message.each ?? '', scope)),
    device: (scope) => (deviceAt === undefined ? undefined : deviceOf(deviceAt(scope), devicePath ?? '')),
    read: readingByKind(message, kind === 'registered' ? kinds : [kind], mapping),
  }
}

function itemsAt(list: ItemPath, path: string, scope: Scope): readonly unknown[] {
  const value = list(scope)
  if (isAbsent(value)) return []
  if (!Array.isArray(value)) throw new ItemError(path, `${shown(value)} where an array should be`)
  return value
}

function deviceOf(value: unknown, path: string): string {
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  throw new ItemError(path, 'the device id is missing')
}

function readingByKind(message: MessageMapping, those: readonly Kind[], clock: Clock): CompiledMessage['read'] {
  const readings = new Map(those.map((kind) => [kind, compileReading(message, kind, clock)]))
  return (scope, kind, receivedAt, pseudonym) =>
    readings.get(kind)?.(scope, receivedAt, pseudonym) ?? { records: [], errors: [] }
}

type Reading = (scope: Scope, receivedAt: number, pseudonym: Pseudonym) => ItemRecords

function compileReading(message: MessageMapping, kind: Kind, clock: Clock): Reading {
  const types = fieldTypes(kind)
  const instant = compileInstant(message.time ?? 'received', clock)
  const fields = Object.entries(message.frame ?? {})
    .filter(([field]) => field in frameSchemas[kind].shape)
    .map(([field, rule]) => [field, compileField(rule, field, types.get(field))] as const)
  const faults = message.faults === undefined ? undefined : compileFaults(message.faults)
  const events = compileEvents(message.events ?? [], clock)
  const status = message.status === undefined ? undefined : compileField(message.status)
  const framed = message.frame !== undefined || message.faults !== undefined

  const frameOf = (scope: Scope, receivedAt: number, pseudonym: Pseudonym): RecordPart => {
    const time = instant(scope, receivedAt)
    if (time === undefined)
      throw new ItemError(typeof message.time === 'object' ? message.time.path : '', 'the time is missing')
    const frame: Record<string, unknown> = { time }
    for (const [field, read] of fields) {
      const value = read(scope)
      if (value !== undefined) frame[field] = field === 'operator' ? pseudonym(String(value)) : value
    }
    const slugs = faults?.(scope)
    if (slugs !== undefined) frame.faults = slugs
    const verdict = checkFrame(kind, frame)
    if (!verdict.ok) throw new ItemError(verdict.path, `as the mapping reads it: ${verdict.reason}`)
    return { type: 'frame', json: JSON.stringify(frame) }
  }
  const statusOf = (scope: Scope): RecordPart | undefined => {
    const value = status?.(scope)
    if (value === undefined) return undefined
    if (value !== 'online' && value !== 'offline') {
      throw new ItemError(message.status?.path ?? '', `${shown(value)}: a status is online or offline`)
    }
    return { type: 'status', json: JSON.stringify(value) }
  }
  return (scope, receivedAt, pseudonym) => {
    const records: RecordPart[] = []
    const errors: ItemError[] = []
    const attempt = (read: () => RecordPart | undefined): void => {
      try {
        const record = read()
        if (record !== undefined) records.push(record)
      } catch (error) {
        if (!(error instanceof ItemError)) throw error
        errors.push(error)
      }
    }
    if (status !== undefined) attempt(() => statusOf(scope))
    if (framed) attempt(() => frameOf(scope, receivedAt, pseudonym))
    const told = events(scope, receivedAt)
    records.push(...told.events.map((event) => ({ type: 'event' as const, json: JSON.stringify(event) })))
    errors.push(...told.errors)
    return { records, errors }
  }
}

/** What each field of a kind's frame holds; a field of several literal values is read as they are. */
function fieldTypes(kind: Kind): ReadonlyMap<string, FieldType> {
  const { properties = {} } = z.toJSONSchema(frameSchemas[kind]) as {
    properties?: Record<string, { type?: unknown }>
  }
  const known: readonly unknown[] = ['number', 'integer', 'boolean', 'string']
  return new Map(
    Object.entries(properties)
      .filter(([, { type }]) => known.includes(type))
      .map(([name, { type }]) => [name, { type } as FieldType]),
  )
}
