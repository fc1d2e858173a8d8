import { Root, type Type } from 'protobufjs/light.js'

/** As in the specification's own schema a 0 that was sent is there: numbering starts with it. */
const explicit = { edition: '2023' } as const

/** The part of Sparkplug B's payload that carries metrics (specification 3.0.0, chapter 6). */
const payloadType: Type = Root.fromJSON({
  nested: {
    Payload: {
      ...explicit,
      fields: {
        timestamp: { type: 'uint64', id: 1 },
        metrics: { rule: 'repeated', type: 'Metric', id: 2 },
        seq: { type: 'uint64', id: 3 },
      },
    },
    Metric: {
      ...explicit,
      oneofs: {
        value: { oneof: ['intValue', 'longValue', 'floatValue', 'doubleValue', 'booleanValue', 'stringValue'] },
      },
      fields: {
        name: { type: 'string', id: 1 },
        alias: { type: 'uint64', id: 2 },
        timestamp: { type: 'uint64', id: 3 },
        datatype: { type: 'uint32', id: 4 },
        isHistorical: { type: 'bool', id: 5 },
        isNull: { type: 'bool', id: 7 },
        intValue: { type: 'uint32', id: 10 },
        longValue: { type: 'uint64', id: 11 },
        floatValue: { type: 'float', id: 12 },
        doubleValue: { type: 'double', id: 13 },
        booleanValue: { type: 'bool', id: 14 },
        stringValue: { type: 'string', id: 15 },
      },
    },
  },
}).lookupType('Payload')

export interface Metric {
  readonly name?: string
  readonly alias?: number
  /** ms since the Unix epoch. */
  readonly timestamp?: number
  readonly datatype?: number
  /** Kept while the node was cut off: what was then, not what is now. */
  readonly isHistorical?: boolean
  readonly isNull?: boolean
  readonly intValue?: number
  readonly longValue?: number
  readonly floatValue?: number
  readonly doubleValue?: number
  readonly booleanValue?: boolean
  readonly stringValue?: string
}

export interface SparkplugPayload {
  /** ms since the Unix epoch. */
  readonly timestamp?: number
  readonly metrics: readonly Metric[]
  readonly seq?: number
}

/** @throws Error where the bytes are no such message */
export function decodeSparkplug(bytes: Buffer): SparkplugPayload {
  return payloadType.toObject(payloadType.decode(bytes), { longs: Number, arrays: true }) as SparkplugPayload
}

export function encodeSparkplug(payload: SparkplugPayload): Buffer {
  return Buffer.from(payloadType.encode(payloadType.fromObject(payload)).finish())
}

/** Bits of the signed types (chapter 6.4.16), which travel as two's complement in an unsigned field. */
const signedBits: ReadonlyMap<number | undefined, number> = new Map([
  [1, 8],
  [2, 16],
  [3, 32],
  [4, 64],
])

/**
 * The value of a metric; undefined where it is null, or of a type that is no plain value.
 * @param datatype from its birth, where the metric itself has none
 */
export function metricValue(metric: Metric, datatype = metric.datatype): number | boolean | string | undefined {
  if (metric.isNull === true) return undefined
  const whole = metric.intValue ?? metric.longValue
  if (whole === undefined) {
    const float = metric.floatValue
    // 0.1 as a 32-bit float is 0.10000000149 as a 64-bit one.
    return float === undefined
      ? (metric.doubleValue ?? metric.booleanValue ?? metric.stringValue)
      : Number(float.toPrecision(7))
  }
  const bits = signedBits.get(datatype)
  if (bits === undefined || whole < 2 ** (bits - 1)) return whole
  // Some encoders extend the sign to 32 bits, some send the type's own.
  const sent = metric.longValue !== undefined ? 64 : whole < 2 ** bits ? bits : 32
  return whole - 2 ** sent
}
