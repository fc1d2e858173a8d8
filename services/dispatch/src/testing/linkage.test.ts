import { type Linkage, type LinkageMessage, linkageMessageSchema, type Takeover } from '@lifeline/contracts'
import { eventually } from '@lifeline/test-support'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { sign } from '../channels/signature.ts'
import { DeskWorld } from './desk-world.ts'
import { FireDesk } from './rescue-world/fire-desk.ts'
import { Heard } from './rescue-world/heard.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const secret = 'a secret that 96333 and 119 have agreed on'
const published = new Heard<{ subject: string; event: LinkageMessage }>()
let world: DeskWorld
let fire: FireDesk
let lifts = 0

const setFire = (more: object = {}) =>
  world.call('administrator', 'PUT', '/linkage/targets/fire', { url: fire.url, secret, ackSeconds: 600, ...more })

beforeAll(async () => {
  world = await DeskWorld.start()
  world.bus.connection.subscribe('linkage.>', {
    callback: (_, { subject, data }) =>
      published.add({ subject, event: linkageMessageSchema.parse(JSON.parse(new TextDecoder().decode(data))) }),
  })
  fire = new FireDesk(secret, () => world.service.url)
  await fire.start()
})
afterAll(async () => {
  await world?.end()
  await fire?.stop()
})
beforeEach(async () => {
  fire.conduct = () => 'answers'
  expect((await setFire()).status).toBe(200)
})

async function open(more: object = {}): Promise<string> {
  const deviceId = `lift-${++lifts}`
  await world.addLift(deviceId, { rescueCode: String(300_000 + lifts) })
  return (await world.report({ deviceId, callerPhone: '13800000000', trapped: 2, ...more })).body.id
}
const toFire = (id: string) => world.act('dispatcher', id, 'assign', { level: 3 })
const linkages = async (id: string) =>
  (await world.call<{ items: Linkage[] }>('dispatcher', 'GET', `/incidents/${id}/linkages`)).body.items
const linked = (id: string, fits: (fire: Linkage) => boolean) =>
  eventually(
    'the linkage is as awaited',
    async () => (await linkages(id)).find((one) => one.target === 'fire' && fits(one)),
    { withinMs: 60_000 },
  )
const seen = async (id: string) => (await world.call('dispatcher', 'GET', `/incidents/${id}`)).body
const notes = async (id: string) =>
  (await seen(id)).timeline.filter(({ what }) => what === 'noted').map(({ by, details }) => `${by}: ${details.text}`)
const at = (subject: string) => published.untilOne((one) => one.subject === subject)
const of =
  (id: string, type: LinkageMessage['type'] = 'linkage.requested') =>
  (one: { body: LinkageMessage }) =>
    one.body.subject === id && one.body.type === type

describe('a case at level 3', () => {
  test('is told to fire and the bureau on NATS, and to fire by webhook, whose answer accepts it', async () => {
    const id = await open()
    await toFire(id)
    const { event } = await at(`linkage.fire.${id}`)
    expect(event).toMatchObject({
      type: 'linkage.requested',
      subject: id,
      data: { reason: 'level_3', case: { id, level: 3, trapped: 2, callerPhone: '13800000000' } },
    })
    await at(`linkage.bureau.${id}`)
    const { body } = await fire.messages.untilOne(of(id))
    expect(body).toEqual(event)
    const number = fire.numberOf(id)
    expect(await linked(id, ({ state }) => state === 'acknowledged')).toMatchObject({ reference: number })
    const { state, level, timeline } = await seen(id)
    expect({ state, level }).toEqual({ state: 'accepted', level: 3 })
    expect(timeline.find(({ what }) => what === 'accepted')?.by).toBe('119')
    expect((await linkages(id)).find(({ target }) => target === 'bureau')?.state).toBe('published')
  })

  test('is acknowledged by a call of fire’s own with the token it was given, once', async () => {
    fire.conduct = () => 'silent'
    const id = await open()
    await toFire(id)
    const { body } = await fire.messages.untilOne(of(id))
    expect(await fire.acknowledge(body, 'another token')).toBe(401)
    expect((await linkages(id)).find(({ target }) => target === 'fire')?.state).toBe('waiting')
    expect(await fire.acknowledge(body)).toBe(200)
    expect(await fire.acknowledge(body)).toBe(200)
    await linked(id, ({ state }) => state === 'acknowledged')
    expect((await notes(id)).filter((text) => text.startsWith('119: '))).toHaveLength(1)
  })

  test('that fire does not acknowledge is asked again, and the desk told to telephone, until it does', async () => {
    await setFire({ ackSeconds: 1 })
    fire.conduct = () => 'silent'
    const id = await open()
    await toFire(id)
    const requests = await fire.messages.until((all) => {
      const mine = all.filter(of(id))
      return mine.length >= 3 ? mine : undefined
    })
    expect(new Set(requests.map(({ key }) => key)).size).toBe(requests.length)
    expect((await notes(id)).filter((text) => text.startsWith('system: 119')).length).toBeGreaterThanOrEqual(2)
    expect(await fire.acknowledge(requests[0]?.body as LinkageMessage)).toBe(200)
    expect((await linked(id, ({ state }) => state === 'acknowledged')).reminders).toBeGreaterThanOrEqual(2)
  })

  test('reaches a fire desk that fails at first', async () => {
    let failures = 2
    fire.conduct = () => (failures-- > 0 ? 'fail' : 'calls')
    const id = await open()
    await toFire(id)
    await linked(id, ({ state }) => state === 'acknowledged')
    const tries = fire.requests.all.filter(of(id))
    expect(tries.map(({ treatment }) => treatment)).toEqual(['fail', 'fail', 'take'])
    expect(new Set(tries.map(({ key }) => key)).size).toBe(1)
  })

  test('that ends first is asked for no more', async () => {
    await setFire({ ackSeconds: 2 })
    fire.conduct = () => 'silent'
    const id = await open()
    await toFire(id)
    await fire.messages.untilOne(of(id))
    await world.act('dispatcher', id, 'close', { freed: 2, injured: 0, cause: 'door' })
    await linked(id, ({ state }) => state === 'withdrawn')
  })

  test('is told to be over to all that were asked, again until they take it, and not to be acknowledged', async () => {
    let failures = 1
    fire.conduct = (event) => (event.type === 'linkage.ended' && failures-- > 0 ? 'fail' : 'answers')
    const id = await open({ condition: { injured: true } })
    await world.act('dispatcher', id, 'decide', { service: '120', confirmed: true })
    await toFire(id)
    await linked(id, ({ state }) => state === 'acknowledged')
    await world.act('dispatcher', id, 'close', { freed: 2, injured: 1, cause: 'door' })
    const { body } = await fire.messages.untilOne(of(id, 'linkage.ended'))
    expect(body).toMatchObject({
      type: 'linkage.ended',
      subject: id,
      data: { case: { id, rescueCode: String(300_000 + lifts) }, outcome: { kind: 'rescued', freed: 2, injured: 1 } },
    })
    const ends = await eventually(
      'all ends are told',
      async () => {
        const all = (await linkages(id)).filter(({ reason }) => reason === 'ended')
        return all.length >= 3 && all.every(({ state }) => state !== 'waiting') ? all : undefined
      },
      { withinMs: 60_000 },
    )
    expect(ends.map(({ target, state }) => [target, state]).toSorted()).toEqual([
      ...[
        ['bureau', 'published'],
        ['fire', 'published'],
        ['medical', 'published'],
      ],
    ])
    const told = published.all.filter(({ event }) => event.subject === id && event.type === 'linkage.ended')
    expect(told.map(({ subject }) => subject).toSorted()).toEqual(
      ['bureau', 'fire', 'medical'].map((target) => `linkage.${target}.${id}`),
    )
    // What is noted later is nothing new to them.
    await world.act('dispatcher', id, 'note', { text: '回访' })
    expect((await linkages(id)).filter(({ reason }) => reason === 'ended')).toHaveLength(3)
  })

  test('in an exercise reaches nobody outside', async () => {
    const drill = await open({ drill: true })
    await toFire(drill)
    await world.act('dispatcher', drill, 'close', { freed: 2, injured: 0, cause: 'door' })
    const id = await open()
    await toFire(id)
    // What was decided before it has been looked at by then.
    await linked(id, ({ state }) => state === 'acknowledged')
    expect(await linkages(drill)).toEqual([])
    expect(published.all.filter(({ event }) => event.subject === drill)).toEqual([])
    expect(fire.requests.all.filter(of(drill))).toEqual([])
  })
})

test('a confirmed proposal asks 120 and 119', async () => {
  const id = await open({ condition: { injured: true } })
  for (const service of ['120', '119']) {
    const { status } = await world.act('dispatcher', id, 'decide', { service, confirmed: true })
    expect(status).toBe(200)
  }
  expect((await at(`linkage.medical.${id}`)).event.data).toMatchObject({
    reason: 'summoned',
    case: { condition: { injured: true } },
  })
  await at(`linkage.fire.${id}`)
  await linked(id, ({ state }) => state === 'acknowledged')
  // The unit that has the case keeps it: fire comes besides.
  expect((await seen(id)).state).toBe('assigned')
})

describe('a take-over from 119', () => {
  const handOver = async (
    body: Partial<Takeover>,
    headers: Record<string, string> = {},
    text = JSON.stringify(body),
  ) => {
    const response = await fetch(`${world.service.url}/api/v1/linkage/takeover`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'lifeline-target': 'fire',
        'lifeline-signature': sign(secret, text, Date.now()),
        ...headers,
      },
      body: text,
    })
    return { status: response.status, body: (await response.json()) as { id: string; opened: boolean } }
  }

  test('opens a case as a caller’s report does, once, and joins one that is open', async () => {
    const deviceId = `lift-${++lifts}`
    const rescueCode = String(300_000 + lifts)
    await world.addLift(deviceId, { rescueCode })
    const body = { reference: 'T-1', rescueCode, callerPhone: '13700000000', trapped: 1 }
    const opened = await vi.waitUntil(
      async () => {
        const answer = await handOver(body)
        return answer.status === 404 ? undefined : answer
      },
      { timeout: 30_000 },
    )
    expect(opened).toMatchObject({ status: 201, body: { opened: true } })
    expect(await seen(opened.body.id)).toMatchObject({ deviceId, state: 'assigned', callerPhone: '13700000000' })
    expect((await handOver(body)).body).toEqual({ id: opened.body.id, opened: false })
    expect((await handOver({ reference: 'T-2', rescueCode })).body).toEqual({ id: opened.body.id, opened: false })
    const { timeline } = await seen(opened.body.id)
    expect(timeline.filter(({ what, by }) => what === 'reported' && by === '119')).toHaveLength(2)
  })

  test('is refused without a signature of ours that is fresh', async () => {
    const text = JSON.stringify({ reference: 'T-9', rescueCode: '100001' })
    const refused: Record<string, string>[] = [
      { 'lifeline-signature': '' },
      { 'lifeline-signature': sign('another secret', text, Date.now()) },
      { 'lifeline-signature': sign(secret, `${text} `, Date.now()) },
      { 'lifeline-signature': sign(secret, text, Date.now() - 301_000) },
      { 'lifeline-target': 'medical' },
      { 'lifeline-target': 'nobody' },
    ]
    for (const headers of refused) expect((await handOver({}, headers, text)).status).toBe(401)
    expect((await handOver({ rescueCode: '100001' })).status).toBe(422)
  })
})

test('an administrator sets where others are reached; nobody sees the secret', async () => {
  for (const as of ['dispatcher', 'supervisor', 'regulator', 'maintenance', 'rescuer'] as const) {
    const { status } = await world.call(as, 'PUT', '/linkage/targets/fire', { url: fire.url, secret })
    expect(status, as).toBe(403)
  }
  for (const as of ['regulator', 'maintenance', 'rescuer'] as const) {
    expect((await world.call(as, 'GET', '/linkage/targets')).status, as).toBe(403)
  }
  const { body } = await world.call<object>('dispatcher', 'GET', '/linkage/targets')
  expect(body).toEqual({ items: [{ target: 'fire', url: fire.url, timeoutSeconds: 5, ackSeconds: 600 }] })
  expect((await world.call('maintenance', 'GET', `/incidents/${await open()}/linkages`)).status).toBe(403)
})
