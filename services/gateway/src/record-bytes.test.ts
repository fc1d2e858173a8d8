import { kinds, type LogRecord, logChannels } from '@lifeline/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Route } from './directory.ts'
import { RecordBytes } from './record-bytes.ts'

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
const route: fc.Arbitrary<Route> = fc.record({
  topic: fc.string(),
  kind: fc.constantFrom(...kinds),
  deviceId: id,
  siteId: id,
  channel: fc.constantFrom(...logChannels),
  partition: fc.nat(),
})
const text = fc.string({ unit: 'grapheme', maxLength: 200 })
const part = fc.record({
  type: fc.constantFrom('frame', 'event', 'status'),
  value: fc.record({ time: fc.nat(), operator: text }),
  asBytes: fc.boolean(),
  receivedAt: fc.nat(),
  cause: fc.constantFrom('message', 'will'),
})

test('what comes out is the records as JSON, whatever goes in', () => {
  fc.assert(
    fc.property(
      fc.array(route, { minLength: 1 }),
      fc.array(part, { minLength: 1 }),
      fc.nat(300),
      (routes, parts, room) => {
        const records = new RecordBytes(room)
        const expected = parts.map(({ type, value, asBytes, receivedAt, cause }, i) => {
          const from = routes[(i >> 1) % routes.length] as Route
          const json = JSON.stringify(value)
          records.add({ type, json: asBytes ? Buffer.from(json) : json }, from, receivedAt, cause)
          const { kind, deviceId, siteId } = from
          const common = { type, kind, deviceId, siteId, receivedAt, [type]: value }
          return (type === 'status' ? { ...common, cause } : common) as unknown as LogRecord
        })
        expect(JSON.parse(`[${records.bytes}]`)).toEqual(expected)
        expect(records.count).toBe(parts.length)
      },
    ),
  )
})
