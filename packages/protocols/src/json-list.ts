import { maxFramesPerPayload, maxPayloadBytes } from '@lifeline/contracts'
import { type BadPart, type Decoded, oneRecord, type RecordPart, undecodable } from './decoded.ts'
import { utf8Text } from './utf8-text.ts'

/** What a check says of one JSON value. */
export type ItemVerdict =
  | {
      readonly ok: true
      /** The value with the fields that are known, no others. */
      readonly value: unknown
      readonly unknownFields: number
    }
  | { readonly ok: false; readonly path: string; readonly reason: string }

/**
 * Decodes JSON that is one item, or an array of 1 to 500 of them. The good items of an array are taken, each bad one
 * is told with its path.
 */
export function decodeJsonList(
  type: RecordPart['type'],
  payload: Buffer,
  payloadBytes: number,
  check: (value: unknown) => ItemVerdict,
): Decoded {
  const read = readJson(payload, payloadBytes)
  if ('bad' in read) return read
  const { value } = read
  if (Array.isArray(value)) return decodeItems(type, value, check)
  const verdict = check(value)
  if (!verdict.ok) return undecodable('schema', verdict.reason, verdict.path)
  // Parsing the bytes again gives the value that was checked, repeated keys and all: they need not be written anew.
  return oneRecord(type, verdict.value === value ? payload : JSON.stringify(verdict.value), verdict.unknownFields)
}

/** The JSON value of a payload, or why there is none. */
export function readJson(payload: Buffer, payloadBytes: number): { readonly value: unknown } | Decoded {
  if (payloadBytes > maxPayloadBytes) {
    return undecodable('too_large', `${payloadBytes} bytes, at most ${maxPayloadBytes} are taken`)
  }
  if (payloadBytes === 0) return undecodable('empty', 'the payload is empty')
  const text = utf8Text(payload)
  if (text === undefined) return undecodable('encoding', 'not UTF-8')
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return undecodable('syntax', `not JSON: ${withoutExcerpt((error as SyntaxError).message)}`)
  }
}

/** The parser's words without what it read, which may be about somebody: `Unexpected token 'x', "{"Name":x}" is …`. */
const withoutExcerpt = (message: string): string => message.replace(/, (?:\.\.\.)?".*$/s, '')

function decodeItems(
  type: RecordPart['type'],
  items: readonly unknown[],
  check: (value: unknown) => ItemVerdict,
): Decoded {
  if (items.length === 0) return undecodable('empty', 'the array is empty')
  if (items.length > maxFramesPerPayload) {
    return undecodable('too_many', `${items.length} in one payload, at most ${maxFramesPerPayload} are taken`)
  }
  const records: RecordPart[] = []
  const bad: BadPart[] = []
  let unknownFields = 0
  for (const [index, item] of items.entries()) {
    const verdict = check(item)
    if (verdict.ok) {
      records.push({ type, json: JSON.stringify(verdict.value) })
      unknownFields += verdict.unknownFields
    } else {
      const separator = verdict.path === '' || verdict.path.startsWith('[') ? '' : '.'
      const path = `[${index}]${separator}${verdict.path}`
      bad.push({ badClass: 'schema', reason: verdict.reason, path, ...textOf(item) })
    }
  }
  return { records, bad, unknownFields }
}

/** The item's text; none where it is nested too deep to be written, for the payload stands for it then. */
function textOf(item: unknown): { text?: string } {
  try {
    return { text: JSON.stringify(item) }
  } catch (error) {
    if (error instanceof RangeError) return {}
    throw error
  }
}
