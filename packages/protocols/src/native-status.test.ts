import { maxPayloadBytes } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { decodeNativeStatus } from './native-status.ts'

const decode = (text: string, bytes = Buffer.byteLength(text)) => decodeNativeStatus('hoist', Buffer.from(text), bytes)

test.each(['online', 'offline'])('%s is taken bare and as a JSON string', (word) => {
  const records = [{ type: 'status', json: `"${word}"` }]
  expect(decode(word).records).toEqual(records)
  expect(decode(`"${word}"`).records).toEqual(records)
  expect(decode(`${word}\n`).records).toEqual(records)
})

test('anything else is not a status', () => {
  for (const text of ['Online', 'on', 'online!', `online${' '.repeat(20)}x`, '{"status":"online"}', 'constructor']) {
    expect(decode(text)).toMatchObject({ records: [], bad: [{ badClass: 'schema' }] })
  }
  expect(decode('')).toMatchObject({ bad: [{ badClass: 'empty' }] })
  expect(decode('online', maxPayloadBytes + 1)).toMatchObject({ bad: [{ badClass: 'too_large' }] })
})
