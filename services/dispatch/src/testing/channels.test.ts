import type { ChannelChange, ChannelTest, Delivery, NoticeChannel, UnitContact } from '@lifeline/contracts'
import { eventually } from '@lifeline/test-support'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ChannelMessage } from '../channels/send-message.ts'
import { type Answer, DeskWorld, type User } from './desk-world.ts'
import { MailSink } from './rescue-world/mail-sink.ts'
import { WebhookReceiver } from './rescue-world/webhook-receiver.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const secret = 'a secret that both ends of the webhook know'
let world: DeskWorld
let sms: WebhookReceiver<ChannelMessage>
let voice: WebhookReceiver<ChannelMessage>
let mail: MailSink
let lifts = 0

const webhook = (url: string, more: Partial<ChannelChange> = {}) => ({
  kind: 'webhook',
  name: 'SMS',
  url,
  secret,
  ...more,
})
const put = (id: string, body: unknown, as: User = 'administrator') =>
  world.call<NoticeChannel>(as, 'PUT', `/channels/${id}`, body)
const channel = async (id: string) => {
  const { body } = await world.call<{ items: NoticeChannel[] }>('dispatcher', 'GET', '/channels')
  return body.items.find((one) => one.id === id)
}
const deliveries = async (id: string, as: User = 'dispatcher') =>
  (await world.call<{ items: Delivery[] }>(as, 'GET', `/incidents/${id}/deliveries`)).body.items
/** Of the case once `fits`. */
const settled = (id: string, fits: (items: Delivery[]) => boolean) =>
  eventually(
    'the deliveries are as awaited',
    async () => {
      const items = await deliveries(id)
      return fits(items) ? items : undefined
    },
    { withinMs: 60_000 },
  )
const contacts = async (list: UnitContact[], unitId = 'unit-lift') => {
  const { status } = await world.call('supervisor', 'PUT', `/dispatch/contacts/${unitId}`, { contacts: list })
  expect(status).toBe(200)
}
/** A new case of somebody trapped, for `unit-lift`. */
async function entrapment(more: object = {}): Promise<string> {
  const deviceId = `lift-${++lifts}`
  await world.addLift(deviceId)
  const { body, status } = await world.report({ deviceId, callerPhone: '13800000000', trapped: 2, ...more })
  expect(status).toBe(201)
  return body.id
}
const of = (id: string) => (message: { body: ChannelMessage }) => message.body.case?.id === id
const results = (items: Delivery[]) => items.map(({ channel: through, result }) => `${through} ${result}`)

beforeAll(async () => {
  sms = new WebhookReceiver(secret)
  voice = new WebhookReceiver(secret)
  mail = new MailSink()
  await Promise.all([sms.start(), voice.start(), mail.start()])
  world = await DeskWorld.start({ PUBLIC_URL: 'https://desk.example/' })
})
afterAll(() => Promise.all([world?.end(), sms.stop(), voice.stop(), mail.stop()]))
beforeEach(async () => {
  sms.treat = voice.treat = () => 'take'
  await put('sms', webhook(sms.url))
  await put('voice', webhook(voice.url, { name: 'voice' }))
  await contacts([{ channel: 'sms', address: '13900000001' }])
})

describe('a unit that a case is assigned to', () => {
  test('is told through its first contact, once, signed, with a link and without the caller’s number', async () => {
    const id = await entrapment()
    const { body } = await sms.messages.untilOne(of(id))
    expect(body).toMatchObject({
      type: 'notice',
      to: '13900000001',
      unit: { id: 'unit-lift', name: '签约维保' },
      case: { id, rule: 'entrapment', drill: false, trapped: 2, level: 1 },
    })
    expect(body.link).toMatch(/^https:\/\/desk\.example\/r\/[\w-]{43}$/)
    expect(body.text.zh).toContain(body.link)
    expect(body.text.zh).toContain('2 人被困')
    expect(JSON.stringify(body)).not.toContain('13800000000')
    const [only] = await settled(id, ([first]) => first?.result === 'sent')
    expect(only).toMatchObject({ channel: 'sms', unitId: 'unit-lift' })
    expect(only?.durationMs).toBeGreaterThanOrEqual(0)
    expect(sms.unsigned).toBe(0)
  })

  test('is told through the next channel where one fails, hangs, refuses or is nowhere', async () => {
    await put('hangs', webhook(sms.url, { name: 'hangs', timeoutSeconds: 0.3 }))
    await put('nowhere', webhook('http://127.0.0.1:9/'))
    await put('mail', {
      kind: 'email',
      name: 'mail',
      host: '127.0.0.1',
      port: mail.port,
      security: 'none',
      from: 'desk@example.com',
    })
    mail.refuses = (address) => address === 'gone@example.com'
    sms.treat = ({ to }) => (to === 'hang' ? 'hang' : to === 'refuse' ? 'refuse' : 'fail')
    await contacts([
      { channel: 'hangs', address: 'hang' },
      { channel: 'sms', address: 'fail' },
      { channel: 'sms', address: 'refuse' },
      { channel: 'nowhere', address: 'x' },
      { channel: 'mail', address: 'gone@example.com' },
      { channel: 'voice', address: '13900000002' },
    ])
    const id = await entrapment()
    await voice.messages.untilOne(of(id))
    const items = await settled(id, (all) => all.some(({ result }) => result === 'sent'))
    expect(items.map(({ channel: through, result, error }) => [through, result, error])).toEqual([
      ['hangs', 'failed', 'no answer in 0.3 s'],
      ['sms', 'failed', 'HTTP 503'],
      ['sms', 'refused', 'HTTP 404'],
      ['nowhere', 'failed', expect.stringContaining('not reached')],
      ['mail', 'refused', expect.stringContaining('SMTP 550')],
      ['voice', 'sent', undefined],
    ])
  })

  test('is told by mail', async () => {
    await put('mail', {
      kind: 'email',
      name: 'mail',
      host: '127.0.0.1',
      port: mail.port,
      security: 'none',
      from: 'desk@example.com',
    })
    await contacts([{ channel: 'mail', address: 'crew@example.com' }])
    const id = await entrapment()
    const { to, raw } = await mail.mails.untilOne(({ raw: text }) => text.includes(id))
    expect(to).toEqual(['crew@example.com'])
    expect(raw).toMatch(/^Message-ID:\s+<.+@lifeline>/im)
    expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toContain('/r/')
    await settled(id, ([first]) => first?.result === 'sent')
  })

  test('is tried again through the only channel it has until that works', async () => {
    let refusals = 2
    sms.treat = () => (refusals-- > 0 ? 'fail' : 'take')
    const id = await entrapment()
    const items = await settled(id, (all) => all.some(({ result }) => result === 'sent'))
    expect(results(items)).toEqual(['sms failed', 'sms failed', 'sms sent'])
    const keys = sms.requests.all.filter(of(id)).map(({ key }) => key)
    expect(new Set(keys).size).toBe(1)
  })

  test('a redirect is not followed', async () => {
    sms.treat = () => ({ redirectTo: voice.url })
    await contacts([
      { channel: 'sms', address: '1' },
      { channel: 'voice', address: '2' },
    ])
    const id = await entrapment()
    const { body } = await voice.messages.untilOne(of(id))
    expect(body.to).toBe('2')
    expect(results(await settled(id, (all) => all.length === 2))).toEqual(['sms failed', 'voice sent'])
  })

  test('that has no contact, or none that can be used, is recorded as not told, and why', async () => {
    await contacts([])
    const none = await entrapment()
    expect(await settled(none, ([first]) => first !== undefined)).toMatchObject([
      { result: 'not_sent', error: 'no channel' },
    ])
    await put('off', webhook(sms.url, { enabled: false }))
    await contacts([
      { channel: 'off', address: '1' },
      { channel: 'gone', address: '1' },
      { channel: 'sms', address: '1' },
      { channel: 'sms', address: '1' },
    ])
    const some = await entrapment()
    const items = await settled(some, (all) => all.some(({ result }) => result === 'sent'))
    expect(items.map(({ channel: through, error }) => [through, error])).toEqual([
      ['off', 'channel is switched off'],
      ['gone', 'no such channel'],
      ['sms', 'duplicate'],
      ['sms', undefined],
    ])
  })

  test('that refuses everywhere is silent, and the timeline asks for a telephone', async () => {
    sms.treat = () => 'refuse'
    const id = await entrapment()
    const items = await settled(id, (all) => all.length === 2)
    expect(items[1]).toMatchObject({ result: 'not_sent', error: expect.stringContaining('silent') })
    const noted = await eventually('the timeline says so', async () => {
      const { timeline } = (await world.call('dispatcher', 'GET', `/incidents/${id}`)).body
      return timeline.find(({ what }) => what === 'noted')
    })
    expect(noted.by).toBe('system')
    expect(String(noted.details.text)).toContain('unit-lift')
  })

  test('in a drill is told that it is one', async () => {
    const id = await entrapment({ drill: true })
    const { body } = await sms.messages.untilOne(of(id))
    expect(body.case).toMatchObject({ drill: true })
    expect(body.text.zh).toMatch(/^【演练】/)
  })

  test('is not told any more where the case has gone to another meanwhile', async () => {
    sms.treat = () => 'fail'
    const id = await entrapment()
    await sms.requests.untilOne(of(id))
    await contacts([{ channel: 'voice', address: '3' }], 'station-near')
    await world.act('dispatcher', id, 'escalate', { reason: 'test' })
    const items = await settled(id, (all) => all.some(({ error }) => error?.includes('moved on') === true))
    expect(items.findLast(({ unitId }) => unitId === 'unit-lift')).toMatchObject({ result: expect.any(String) })
    await voice.messages.untilOne(of(id))
  })
})

describe('a contact test', () => {
  const testOf = (id: string, as: User = 'dispatcher'): Promise<Answer<ChannelTest>> =>
    world.call<ChannelTest>(as, 'POST', `/channels/${id}/test`, {})

  test('on demand goes to the channel’s test address, and what fails it is tried after the others', async () => {
    await put('sms', webhook(sms.url, { testAddress: '13900000009' }))
    expect((await testOf('sms')).body).toMatchObject({ ok: true, by: 'li' })
    expect((await sms.messages.untilOne(({ body }) => body.type === 'test')).body.to).toBe('13900000009')
    sms.treat = () => 'fail'
    expect((await testOf('sms')).body).toMatchObject({ ok: false, error: 'HTTP 503' })
    expect(await channel('sms')).toMatchObject({ healthy: false, lastTest: { ok: false } })
    sms.treat = () => 'take'
    await contacts([
      { channel: 'sms', address: '1' },
      { channel: 'voice', address: '2' },
    ])
    const id = await entrapment()
    expect(results(await settled(id, ([first]) => first?.result === 'sent'))).toEqual(['voice sent'])
    expect((await testOf('sms')).body.ok).toBe(true)
    expect(await channel('sms')).toMatchObject({ healthy: true })
  })

  test('by schedule starts with an address, and never without', async () => {
    const refused = await put('sms', webhook(sms.url, { testEverySeconds: 3600 }))
    expect(refused.status).toBe(422)
    expect((await testOf('sms')).status).toBe(409)
    await put('sms', webhook(sms.url, { testEverySeconds: 3600, testAddress: 'scheduled' }))
    await sms.messages.untilOne(({ body }) => body.to === 'scheduled')
    await eventually('the test is kept', async () => (await channel('sms'))?.lastTest?.by === 'system' || undefined)
  })
})

describe('who may', () => {
  test('set a channel: administrators; see and test them: the desk; nobody sees a secret', async () => {
    for (const as of ['dispatcher', 'supervisor', 'regulator', 'maintenance', 'rescuer'] as const) {
      expect((await put('x', webhook(sms.url), as)).status, as).toBe(403)
      expect((await world.call(as, 'DELETE', '/channels/sms')).status, as).toBe(403)
    }
    for (const as of ['regulator', 'maintenance', 'rescuer'] as const) {
      expect((await world.call(as, 'GET', '/channels')).status, as).toBe(403)
      expect((await world.call(as, 'POST', '/channels/sms/test', {})).status, as).toBe(403)
      expect((await world.call(as, 'GET', '/dispatch/contacts/unit-lift')).status, as).toBe(403)
    }
    const answer = await put('keyed', webhook('https://gateway.example/send?key=in-the-query'))
    expect(answer.body).toMatchObject({ url: 'https://gateway.example/send' })
    const listed = await world.call('dispatcher', 'GET', '/channels')
    for (const body of [answer.body, listed.body]) {
      expect(JSON.stringify(body)).not.toContain(secret)
      expect(JSON.stringify(body)).not.toContain('in-the-query')
    }
    expect(
      (
        await world.call('administrator', 'PUT', '/channels/keyed', {
          ...webhook('https://elsewhere.example/'),
          secret: undefined,
        })
      ).status,
    ).toBe(422)
  })

  test.each(['ftp://x/', 'file:///etc/passwd', 'javascript:1', 'http://user:pass@x/', 'not a url'])(
    'not even an administrator sets %s',
    async (url) => {
      expect((await put('bad', webhook(url))).status).toBe(422)
    },
  )

  test('see deliveries: whoever sees the case, a unit its own', async () => {
    const id = await entrapment()
    await settled(id, ([first]) => first?.result === 'sent')
    expect((await deliveries(id, 'maintenance')).map(({ unitId }) => unitId)).toEqual(['unit-lift'])
    expect((await world.call('stranger', 'GET', `/incidents/${id}/deliveries`)).status).toBe(403)
  })
})
