import { join } from 'node:path'
import { kinds } from '@lifeline/contracts'
import { compileMapping, type VendorFormat } from '../mapping/compile-mapping.ts'
import { builtInMappings, loadMapping } from '../mapping/mapping-folder.ts'
import { parseMapping } from '../mapping/mapping-schema.ts'
import type { PayloadReader } from '../mapping/payload-reader.ts'

/** When payloads of tests come in: 2026-03-01 08:30 in Chongqing. */
export const receivedAt = Date.parse('2026-03-01T08:30:00+08:00')

export const builtIn = (name: string): Promise<VendorFormat> => loadMapping(join(builtInMappings, `${name}.json`))

/** A mapping of a test's own; `source` and, where not said otherwise, one topic are filled in. */
export const mappingOf = (mapping: object): VendorFormat =>
  compileMapping('test', parseMapping(JSON.stringify({ source: 'a test', ...mapping }), 'test.json'))

/** What a format makes of one payload: records and what is bad, by vendor id. */
export function readWith(
  format: VendorFormat,
  topic: string,
  payload: unknown,
  reader: PayloadReader = format.reader(),
) {
  const entries = format.entries(topic)
  if (entries === undefined) throw new Error(`${topic} is no topic of ${format.name}`)
  const bytes = Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
  const arrival = { payload: bytes, payloadBytes: bytes.length, receivedAt }
  const { shares, bad, replies } = format.decode(entries, reader, arrival, {
    pseudonym: (token) => `hash of ${token}`,
    kindOf: (vendorId) => kinds.find((kind) => vendorId?.startsWith(kind)),
  })
  return {
    devices: shares.map(({ vendorId }) => vendorId),
    kinds: shares.map(({ kind }) => kind),
    records: shares.flatMap(({ decoded }) =>
      decoded.records.map(({ type, json }) => [type, JSON.parse(json.toString())]),
    ),
    bad: [...shares.flatMap(({ decoded }) => decoded.bad), ...bad],
    replies: replies.map(({ bytes: answer }) => answer.toString('hex')),
  }
}

/** The frame of a payload that holds one and nothing else. */
export function frameOf(format: VendorFormat, topic: string, payload: unknown): Record<string, unknown> {
  const { records, bad } = readWith(format, topic, payload)
  if (bad.length > 0 || records.length !== 1) throw new Error(JSON.stringify({ records, bad }))
  return records[0]?.[1] as Record<string, unknown>
}
