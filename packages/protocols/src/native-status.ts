import { maxPayloadBytes } from '@lifeline/contracts'
import { type Decoder, oneRecord, undecodable } from './decoded.ts'

const words: ReadonlyMap<string, string> = new Map([
  ['online', '"online"'],
  ['"online"', '"online"'],
  ['offline', '"offline"'],
  ['"offline"', '"offline"'],
])

/** A device's status: the text `online` or `offline`, bare or as a JSON string. */
export const decodeNativeStatus: Decoder = (_kind, payload, payloadBytes) => {
  if (payloadBytes > maxPayloadBytes) return undecodable('too_large', `${payloadBytes} bytes for a status`)
  if (payloadBytes === 0) return undecodable('empty', 'the payload is empty')
  const json = words.get(payload.toString('latin1', 0, 16).trim())
  if (json === undefined || payloadBytes > 16) return undecodable('schema', 'a status is online or offline')
  return oneRecord('status', json, 0)
}
