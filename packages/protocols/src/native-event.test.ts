import { expect, test } from 'vitest'
import { decodeNativeEvent } from './native-event.ts'

const decode = (value: unknown) => {
  const payload = Buffer.from(JSON.stringify(value))
  return decodeNativeEvent('elevator', payload, payload.length)
}

test('the code becomes a slug, by name or by number in its scheme', () => {
  expect(decode({ time: 1, code: 'alarm_button', active: true }).records).toEqual([
    { type: 'event', json: '{"time":1,"code":"alarm_button","active":true}' },
  ])
  const numbered = { time: 1, code: { scheme: 'cq-2023', code: 93 }, active: false, text: '困人' }
  expect(decode(numbered).records).toEqual([
    { type: 'event', json: '{"time":1,"code":"entrapment","active":false,"text":"困人"}' },
  ])
})

test('what is no event is told with the place where it is not', () => {
  expect(decode({ time: 1, code: 'alarm_button' }).bad).toMatchObject([{ badClass: 'schema', path: 'active' }])
  expect(decode({ time: 1, code: 'nonsense', active: true }).bad).toMatchObject([{ badClass: 'schema', path: 'code' }])
  const wrongScheme = { time: 1, code: { scheme: 'gbt24476-2017', code: 93 }, active: true }
  expect(decode([wrongScheme]).bad).toMatchObject([{ badClass: 'schema', path: '[0].code' }])
  expect(decode('entrapment').bad).toMatchObject([{ badClass: 'schema' }])
})

test('unknown fields are kept out and counted', () => {
  const { records, unknownFields } = decode({ time: 1, code: 'entrapment', active: true, passenger: '某某' })
  expect(records[0]?.json).toBe('{"time":1,"code":"entrapment","active":true}')
  expect(unknownFields).toBe(1)
})
