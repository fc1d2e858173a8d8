import type { Kind } from '@lifeline/contracts'
import { type FieldType, readableFields } from './fields.ts'
import type { InfluxConnection } from './influx-connection.ts'
import { identifier, literal } from './influxql.ts'

export type TelemetryValue = number | string | boolean
/** [ms since the Unix epoch, value]. */
export type TelemetryPoint = readonly [number, TelemetryValue]

export interface TelemetryQuery {
  readonly deviceId: string
  readonly kind: Kind
  /** One of `readableFields(kind)`. */
  readonly field: string
  /** ms since the Unix epoch, both ends included. */
  readonly from: number
  readonly to: number
  /** At least 4. */
  readonly maxPoints: number
}

/**
 * One field of a device over time, oldest first. As stored where that is at most `maxPoints` values. Else the range is
 * cut into equal parts: of numbers and booleans each part gives its lowest and its highest value at the part's beginning
 * (one point where they are equal), so that no peak and no pulse is lost; of strings each part gives its last.
 * @throws InfluxError where the database is away
 */
export async function readTelemetry(
  connection: InfluxConnection,
  query: TelemetryQuery,
  signal: AbortSignal,
): Promise<TelemetryPoint[]> {
  const { maxPoints } = query
  const raw = await connection.query(
    `SELECT ${identifier(query.field)} ${source(query)} ORDER BY time LIMIT ${maxPoints + 1}`,
    signal,
  )
  if (raw.length <= maxPoints) return raw as unknown as TelemetryPoint[]
  const type = readableFields(query.kind)[query.field]
  return isText(type) ? readLast(connection, query, signal) : readExtremes(connection, query, signal)
}

const isText = (type: FieldType | undefined): boolean => type === 'string' || type === 'list'

async function readExtremes(
  connection: InfluxConnection,
  query: TelemetryQuery,
  signal: AbortSignal,
): Promise<TelemetryPoint[]> {
  const field = identifier(query.field)
  const parts = partsOf(query, query.maxPoints >> 1)
  const rows = await connection.query(`SELECT min(${field}), max(${field}) ${source(query)} ${parts}`, signal)
  return (rows as [number, TelemetryValue, TelemetryValue][]).flatMap(([time, min, max]): TelemetryPoint[] => {
    const at = Math.max(time, query.from)
    return min === max
      ? [[at, min]]
      : [
          [at, min],
          [at, max],
        ]
  })
}

async function readLast(
  connection: InfluxConnection,
  query: TelemetryQuery,
  signal: AbortSignal,
): Promise<TelemetryPoint[]> {
  const parts = partsOf(query, query.maxPoints)
  const rows = await connection.query(`SELECT last(${identifier(query.field)}) ${source(query)} ${parts}`, signal)
  return (rows as [number, TelemetryValue][]).map(([time, value]) => [Math.max(time, query.from), value])
}

/** Timestamps are in ns: the whole of the last millisecond belongs to the range. */
function source({ kind, deviceId, from, to }: TelemetryQuery): string {
  const range = `time >= ${from}000000 AND time < ${to + 1}000000`
  return `FROM ${identifier(kind)} WHERE "device" = ${literal(deviceId)} AND ${range}`
}

/** At most `most` parts; InfluxDB aligns them with the epoch, which can make one more than the range holds. */
function partsOf({ from, to }: TelemetryQuery, most: number): string {
  const widthMs = Math.ceil((to + 1 - from) / (most - 1))
  return `GROUP BY time(${widthMs}ms) fill(none)`
}
