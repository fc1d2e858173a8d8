import { checkFrame } from '@lifeline/contracts'
import type { Decoder } from './decoded.ts'
import { decodeJsonList } from './json-list.ts'
import type { Pseudonym } from './personal-data.ts'

/**
 * Telemetry in the native format: a frame, or an array of up to 500 in time order. Of the operator's card only what
 * `pseudonym` makes of it goes on.
 */
export const nativeTelemetry =
  (pseudonym: Pseudonym): Decoder =>
  (kind, payload, payloadBytes) =>
    decodeJsonList('frame', payload, payloadBytes, (value) => {
      const verdict = checkFrame(kind, value)
      if (!verdict.ok) return verdict
      const { frame, unknown } = verdict
      const operator = 'operator' in frame ? frame.operator : undefined
      const kept = operator === undefined ? frame : { ...frame, operator: pseudonym(operator) }
      return { ok: true, value: kept, unknownFields: unknown.length }
    })
