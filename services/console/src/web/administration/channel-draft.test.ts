import { channelChangeSchema, channelSchema } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { bodyOf, channelFields, draftOf, newDraft } from './channel-draft.ts'

const sms = {
  id: 'sms',
  kind: 'webhook',
  name: '短信',
  enabled: true,
  healthy: true,
  timeoutSeconds: 5,
  testEverySeconds: 86_400,
  testAddress: '13800000000',
  url: 'https://gateway.example/send',
} as const

test('a channel that is edited and not changed is what the API takes, its secret left as it is', () => {
  const { id: _, healthy: __, ...asItIs } = sms
  const body = bodyOf(draftOf(sms))
  expect(body).toEqual(asItIs)
  expect(channelChangeSchema.safeParse(body).success).toBe(true)
})

test('what is left empty is left out, and nothing is sent while it is not whole', () => {
  const texts = { ...newDraft.texts, name: '邮件', host: 'mail.example', from: 'desk@example.com', user: ' ' }
  expect(bodyOf({ kind: 'email', enabled: false, texts })).toEqual({
    kind: 'email',
    enabled: false,
    name: '邮件',
    host: 'mail.example',
    port: 587,
    security: 'starttls',
    from: 'desk@example.com',
    timeoutSeconds: 5,
  })
  expect(bodyOf(newDraft)).toBeUndefined()
  expect(bodyOf({ kind: 'email', enabled: true, texts: { ...texts, port: 'smtp' } })).toBeUndefined()
})

test('every kind of channel can be filled in, with each of its fields', () => {
  for (const { shape } of channelChangeSchema.options) {
    const [kind] = shape.kind.values
    const fields = Object.keys(shape).filter((name) => name !== 'kind' && name !== 'enabled')
    expect(channelFields[kind ?? 'webhook'].toSorted()).toEqual(fields.toSorted())
  }
  expect(channelSchema.options.length).toBe(channelChangeSchema.options.length)
})
