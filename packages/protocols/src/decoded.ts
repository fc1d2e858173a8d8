import type { Kind } from '@lifeline/contracts'

/**
 * What one payload said, whatever its wire format. Every decoder of this package is a pure function to this shape:
 * what could be understood, in the order it was sent, beside what could not. It never throws.
 */
export interface Decoded {
  readonly records: readonly RecordPart[]
  readonly bad: readonly BadPart[]
  /** Fields that no record of the kind has; they are kept out. */
  readonly unknownFields: number
}

/** The device's share of a log record: what stands in the record's field `frame`, `event` or `status`, as JSON. */
export interface RecordPart {
  readonly type: 'frame' | 'event' | 'status'
  /** Text, or the payload's own bytes where they are just that; those are the caller's and no copy. */
  readonly json: string | Buffer
}

/** Why something was not understood, as a label of metrics. */
export const badClasses = [
  'too_large',
  'empty',
  'encoding',
  'syntax',
  'too_many',
  'schema',
  'checksum',
  'framing',
  'unknown_device',
] as const
export type BadClass = (typeof badClasses)[number]

export interface BadPart {
  readonly badClass: BadClass
  /** For the device's people: what is wrong. */
  readonly reason: string
  /** Where: `door`, `[3].door`. Absent where it is the payload as a whole. */
  readonly path?: string
  /** The part's own text where it is one of many; absent where the payload as a whole is bad. */
  readonly text?: string
  /** Its own bytes, where it is no text. */
  readonly bytes?: Buffer
}

/**
 * @param payload at most the first `maxPayloadBytes` of it
 * @param payloadBytes how many bytes were sent
 */
export type Decoder = (kind: Kind, payload: Buffer, payloadBytes: number) => Decoded

const nothing: readonly never[] = []

/** A payload of which nothing could be understood. */
export function undecodable(badClass: BadClass, reason: string, path?: string): Decoded {
  const bad = { badClass, reason, ...(path === undefined || path === '' ? {} : { path }) }
  return { records: nothing, bad: [bad], unknownFields: 0 }
}

/** A payload that holds just one record. */
export function oneRecord(type: RecordPart['type'], json: string | Buffer, unknownFields: number): Decoded {
  return { records: [{ type, json }], bad: nothing, unknownFields }
}
