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

test('an identity number in its text is starred out', () => {
  const event = { time: 1, code: 'entrapment', active: true, text: '500101199003074518 is inside, 2 more' }
  expect(decode(event).records[0]?.json).toContain('"****************** is inside, 2 more"')
})

test('why something is no JSON is told without what was read', () => {
  for (const text of [
    '{"Name":王小明}',
    '{"Name":"王小明","x":王小明}',
    '王小明',
    '{"a":1},"王小明"',
    '["王小明" "王小明"]',
  ]) {
    const payload = Buffer.from(text)
    const [{ reason = '' } = {}] = decodeNativeEvent('elevator', payload, payload.length).bad
    expect(reason).toMatch(/^not JSON: [A-Z]/)
    expect(reason).not.toContain('王小明')
  }
})

test('unknown fields are kept out and counted', () => {
  const { records, unknownFields } = decode({ time: 1, code: 'entrapment', active: true, passenger: '某某' })
  expect(records[0]?.json).toBe('{"time":1,"code":"entrapment","active":true}')
  expect(unknownFields).toBe(1)
})
