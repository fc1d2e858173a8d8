import type { EventRecord, FrameRecord } from '@lifeline/contracts'
import { type FieldType, frameFields } from './fields.ts'

/** Thrown where a record is not what the contracts say, so that no line can be made of it; says which field. */
export class UnstorableRecordError extends Error {
  override readonly name = 'UnstorableRecordError'
  readonly code = 'RECORD_UNSTORABLE'
}

const fieldsOfKind: ReadonlyMap<string, readonly (readonly [string, FieldType])[]> = new Map(
  Object.entries(frameFields).map(([kind, fields]) => [kind, Object.entries(fields)]),
)
const noFields: readonly (readonly [string, FieldType])[] = []

/** Year 2255, ms: what fits an int64 of ns. */
const maxTime = 9_000_000_000_000

/**
 * The record as a line of InfluxDB line protocol, timestamp in ns: measurement = kind, tags `device`, `kind`, `site`.
 * Two records of a device in one millisecond get different timestamps, the same record always the same one, so that
 * neither overwrites the other and a redelivered one lands on itself.
 * @throws UnstorableRecordError where the record breaks the contracts
 */
export function lineOf(record: FrameRecord | EventRecord): string {
  return record.type === 'frame' ? frameLine(record) : eventLine(record)
}

function frameLine(record: FrameRecord): string {
  const series = seriesOf(record)
  const { frame } = record
  const values = frame as unknown as Readonly<Record<string, unknown>>
  let fields = ''
  for (const [name, type] of fieldsOfKind.get(record.kind) ?? noFields) {
    const value = values[name]
    if (value !== undefined) fields += `${name}=${valueText(name, type, value)},`
  }
  const offset = frame.seq === undefined ? contentOffset(fields) : frame.seq % nsPerMs
  return `${series} ${fields}receivedAt=${integerText('receivedAt', record.receivedAt)} ${timestamp(frame.time, offset)}`
}

function eventLine(record: EventRecord): string {
  const series = seriesOf(record)
  const { time, code, active, text } = record.event
  let fields = `eventCode=${stringText('code', code)},eventActive=${booleanText('active', active)},`
  if (text !== undefined) fields += `eventText=${stringText('text', text)},`
  const receivedAt = integerText('receivedAt', record.receivedAt)
  return `${series} ${fields}receivedAt=${receivedAt} ${timestamp(time, contentOffset(fields))}`
}

/** Ids that the contracts let through need no escaping. */
const idPattern = /^[A-Za-z0-9_-]{1,64}$/

function seriesOf({ kind, deviceId, siteId }: FrameRecord | EventRecord): string {
  if (!fieldsOfKind.has(kind)) throw new UnstorableRecordError(`kind is none of ${[...fieldsOfKind.keys()].join(', ')}`)
  if (!idPattern.test(deviceId)) throw new UnstorableRecordError('deviceId is not an id')
  if (!idPattern.test(siteId)) throw new UnstorableRecordError('siteId is not an id')
  return `${kind},device=${deviceId},kind=${kind},site=${siteId}`
}

function valueText(name: string, type: FieldType, value: unknown): string {
  switch (type) {
    case 'float':
      return floatText(name, value)
    case 'integer':
      return integerText(name, value)
    case 'boolean':
      return booleanText(name, value)
    case 'string':
      return stringText(name, value)
    case 'list':
      if (!Array.isArray(value)) throw new UnstorableRecordError(`${name} is not an array`)
      return stringText(name, value.join(','))
  }
}

function floatText(name: string, value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new UnstorableRecordError(`${name} is not a number`)
  return `${value}`
}

function integerText(name: string, value: unknown): string {
  if (!Number.isSafeInteger(value)) throw new UnstorableRecordError(`${name} is not an integer`)
  return `${value}i`
}

function booleanText(name: string, value: unknown): string {
  if (typeof value !== 'boolean') throw new UnstorableRecordError(`${name} is not true or false`)
  return value ? 'true' : 'false'
}

const special = /["\\]/
const specials = /["\\]/g

function stringText(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new UnstorableRecordError(`${name} is not a string`)
  return special.test(value) ? `"${value.replace(specials, '\\$&')}"` : `"${value}"`
}

const nsPerMs = 1_000_000

/** ms and the offset within it as one ns number; as text, since it is beyond 2^53. */
function timestamp(timeMs: number, offsetNs: number): string {
  if (!Number.isSafeInteger(timeMs) || timeMs < 0 || timeMs > maxTime) {
    throw new UnstorableRecordError('time is not in ms since 1970')
  }
  return `${timeMs}${String(offsetNs).padStart(6, '0')}`
}

/** FNV-1a over the fields' text. */
function contentOffset(fields: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < fields.length; i++) hash = Math.imul(hash ^ fields.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % nsPerMs
}
