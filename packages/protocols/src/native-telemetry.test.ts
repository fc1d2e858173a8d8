import { checkFrame, type Kind, kinds, maxFramesPerPayload, maxPayloadBytes } from '@lifeline/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Decoded, RecordPart } from './decoded.ts'
import { nativeTelemetry } from './native-telemetry.ts'

const decode = (payload: Buffer | string, kind: Kind = 'elevator'): Decoded => {
  const bytes = Buffer.from(payload as string)
  return nativeTelemetry((token) => `not ${token}`)(kind, bytes.subarray(0, maxPayloadBytes), bytes.length)
}
const value = ({ json }: RecordPart): unknown => JSON.parse(json.toString())
const frame = { time: 1_790_000_000_000, seq: 7, floor: 3, speed: -1.2, door: 'closed', faults: ['door_open_fault'] }

describe('a payload that is understood', () => {
  test('one frame is taken in its own bytes', () => {
    const payload = ` ${JSON.stringify(frame)}\n`
    const { records, bad, unknownFields } = decode(payload)
    expect(records.map(({ type, json }) => [type, json.toString()])).toEqual([['frame', payload]])
    expect([bad, unknownFields]).toEqual([[], 0])
  })

  test('the frames of an array are taken in their order', () => {
    const frames = Array.from({ length: maxFramesPerPayload }, (_, i) => ({ ...frame, time: frame.time + i }))
    expect(decode(JSON.stringify(frames)).records.map(value)).toEqual(frames)
  })

  test('unknown fields are kept out and counted, also __proto__ and constructor', () => {
    const payload = `{"time":1,"__proto__":{"floor":3},"constructor":1,"owner":{"id":"500101"},"load":80}`
    const { records, unknownFields } = decode(payload)
    expect(records.map(({ json }) => json)).toEqual(['{"time":1,"load":80}'])
    expect(unknownFields).toBe(3)
  })

  test("of the operator's card only the pseudonym goes on, however the key is written", () => {
    for (const key of ['operator', '\\u006fperator']) {
      const { records } = decode(`{"time":1,"${key}":"card-7"}`, 'tower-crane')
      expect(records.map(value)).toEqual([{ time: 1, operator: 'not card-7' }])
    }
    expect(decode('[{"time":1,"operator":"card-7"}]', 'hoist').records.map(value)).toEqual([
      { time: 1, operator: 'not card-7' },
    ])
  })

  test('of a repeated key the value that was checked is the one that is read later', () => {
    const { records } = decode('{"time":1,"door":7,"door":"open"}')
    expect(records.map(value)).toEqual([{ time: 1, door: 'open' }])
    expect(decode('{"time":1,"door":"open","door":7}').bad).toMatchObject([{ path: 'door' }])
  })

  test('a payload of just 256 KiB is taken', () => {
    const payload = JSON.stringify(frame).padEnd(maxPayloadBytes)
    expect(decode(payload).records).toHaveLength(1)
    expect(decode(`${payload} `).bad).toMatchObject([{ badClass: 'too_large' }])
  })
})

describe('a payload that is not', () => {
  test.each([
    ['empty', ''],
    ['empty', '[]'],
    ['syntax', '{"time":1'],
    ['syntax', ' '],
    ['syntax', '{"time":1,"speed":NaN}'],
    ['syntax', '\uFEFF{"time":1}'],
    ['schema', '{"time":1,"speed":1e999}'],
    ['schema', '{"time":"1"}'],
    ['schema', '{"time":-1}'],
    ['schema', '{"speed":1}'],
    ['schema', '{"time":1,"door":"ajar"}'],
    ['schema', '{"time":1,"floor":1.5}'],
    ['schema', '{"time":1,"faults":["Door!"]}'],
    ['schema', 'null'],
    ['schema', '"online"'],
    ['too_large', 'x'.repeat(300 * 1024)],
    ['too_many', JSON.stringify(Array.from({ length: maxFramesPerPayload + 1 }, () => frame))],
  ])('is %s: %.60s', (badClass, payload) => {
    const { records, bad } = decode(payload)
    expect(records).toEqual([])
    expect(bad).toMatchObject([{ badClass }])
    expect(bad[0]?.reason).not.toBe('')
    expect(bad[0]?.text).toBeUndefined()
  })

  test('bytes that are not UTF-8 are not guessed at, but U+FFFD itself is a character', () => {
    const operator = (bytes: Buffer): Buffer =>
      Buffer.concat([Buffer.from('{"time":1,"operator":"'), bytes, Buffer.from('"}')])
    expect(decode(operator(Buffer.from([0xc3, 0x28])) as Buffer, 'hoist').bad).toMatchObject([{ badClass: 'encoding' }])
    expect(decode(operator(Buffer.from([0xed, 0xa0, 0x80])), 'hoist').bad).toMatchObject([{ badClass: 'encoding' }])
    expect(decode(operator(Buffer.from('\uFFFD吊')), 'hoist').records).toHaveLength(1)
  })

  test('of an array only the bad frames are bad, each with its path and its own text', () => {
    const { records, bad } = decode(JSON.stringify([frame, { ...frame, door: 1 }, frame, 5, { time: 1, faults: [0] }]))
    expect(records.map(value)).toEqual([frame, frame])
    expect(bad.map(({ path }) => path)).toEqual(['[1].door', '[3]', '[4].faults[0]'])
    expect(bad.map(({ text }) => text)).toEqual([JSON.stringify({ ...frame, door: 1 }), '5', '{"time":1,"faults":[0]}'])
  })

  test('nesting as deep as the payload allows is a wrong type and no crash', () => {
    const deep = '['.repeat(maxPayloadBytes / 2 - 20) + ']'.repeat(maxPayloadBytes / 2 - 20)
    expect(decode(deep).bad).toMatchObject([{ badClass: 'schema', path: '[0]' }])
    expect(decode(`[{"time":1},${deep}]`)).toMatchObject({ records: [{ json: '{"time":1}' }], bad: [{ path: '[1]' }] })
    expect(decode(`{"time":1,"deep":${deep}}`)).toMatchObject({ records: [{ json: '{"time":1}' }], unknownFields: 1 })
  })
})

test('no bytes make it throw, and what it takes passes the check when it is read again', () => {
  const kind = fc.constantFrom(...kinds)
  const field = fc.constantFrom('time', 'seq', 'speed', 'door', 'faults', 'load', 'people', '__proto__', 'x')
  const object = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.nat(), fc.constantFrom('open', 'closed')))
  const json = fc.oneof(object, fc.array(object), fc.jsonValue()).map((it) => Buffer.from(JSON.stringify(it)))
  const payload = fc.oneof(json, fc.uint8Array({ maxLength: 40 }).map(Buffer.from))
  fc.assert(
    fc.property(kind, payload, (kind, bytes) => {
      const { records, bad } = nativeTelemetry((token) => token)(kind, bytes, bytes.length)
      expect(records.length + bad.length).toBeGreaterThan(0)
      for (const part of records) {
        const again = value(part)
        expect(checkFrame(kind, again)).toEqual({ ok: true, frame: again, unknown: [] })
      }
    }),
    { numRuns: 2_000 },
  )
})
