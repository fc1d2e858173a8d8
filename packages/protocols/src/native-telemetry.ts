import { checkFrame } from '@lifeline/contracts'
import type { Decoder } from './decoded.ts'
import { decodeJsonList } from './json-list.ts'

/** Telemetry in the native format: a frame, or an array of up to 500 in time order. */
export const decodeNativeTelemetry: Decoder = (kind, payload, payloadBytes) =>
  decodeJsonList('frame', payload, payloadBytes, (value) => {
    const verdict = checkFrame(kind, value)
    return verdict.ok ? { ok: true, value: verdict.frame, unknownFields: verdict.unknown.length } : verdict
  })
