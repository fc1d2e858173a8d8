import { once } from 'node:events'
import { connect } from 'node:net'
import { actionSchemas, type Problem, problemSchema, type RescueCase, roles } from '@lifeline/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Contact } from '../contacts.ts'
import { DeskWorld, type User, users } from './desk-world.ts'
import { doorFault, heard } from './lift-world.ts'

// Making a database takes a while on a busy machine.
vi.setConfig({ hookTimeout: 120_000 })

let world: DeskWorld
/** A life-safety case of a lift that unit-lift maintains. */
let rescue: RescueCase

beforeAll(async () => {
  world = await DeskWorld.start()
  const events = await world.listen()
  await world.addLift('lift-0', { rescueCode: '100000' })
  await world.tell(heard('i', 1, { deviceId: 'lift-0' }))
  rescue = await events.untilCase(() => true)
})
afterAll(() => world?.end())

interface Endpoint {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  /** Status for those who may; something that changes nothing. */
  readonly status: number
  readonly who: readonly User[]
}

const desk: readonly User[] = ['dispatcher', 'supervisor', 'administrator']
const everybody = Object.keys(users) as User[]
const unitsToo: readonly User[] = [...desk, 'maintenance', 'stranger', 'rescuer', 'unitless']
const unitActions = ['accept', 'depart', 'arrive', 'free', 'note']

const example: Record<string, unknown> = {
  assign: { level: 1 },
  free: { freed: 1 },
  escalate: { reason: 'x' },
  hold: { minutes: 1, reason: 'x' },
  note: { text: 'x' },
  link: { parentId: 'x' },
  'false-alarm': { reason: 'x' },
  close: { freed: 0, injured: 0, cause: 'other' },
  'call-back': { reached: true },
  decide: { service: '119', confirmed: true },
  merge: { intoId: 'none' },
  split: { incidentIds: ['x'] },
}

const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/incidents', status: 200, who: everybody },
  { method: 'GET', path: '/incidents/none', status: 404, who: everybody },
  { method: 'POST', path: '/incidents', body: { deviceId: 'none' }, status: 404, who: desk },
  { method: 'GET', path: '/dispatch/settings', status: 200, who: everybody },
  ...['handover', 'day', 'month'].map((kind) => ({
    method: 'GET',
    path: `/reports/${kind}`,
    status: 200,
    who: [...desk, 'regulator'] as const,
  })),
  { method: 'GET', path: '/rules/statistics', status: 200, who: everybody },
  { method: 'GET', path: '/dispatch/shifts', status: 200, who: everybody },
  { method: 'POST', path: '/dispatch/shifts', body: { unitId: 'owner', from: 1, to: 2 }, status: 201, who: desk },
  { method: 'DELETE', path: '/dispatch/shifts/none', status: 404, who: desk },
  { method: 'PUT', path: '/dispatch/settings', body: {}, status: 200, who: ['supervisor', 'administrator'] },
  ...Object.keys(actionSchemas).map((action) => ({
    method: 'POST',
    path: `/incidents/none/${action}`,
    body: example[action] ?? {},
    status: 404,
    who: unitActions.includes(action) ? unitsToo : desk,
  })),
]

test.each(endpoints)('$method $path is for whom it is for', async ({ method, path, body, status, who }) => {
  for (const user of everybody) {
    const answer = await world.call<Problem>(user, method, path, body)
    expect([user, answer.status]).toEqual([user, who.includes(user) ? status : 403])
  }
  expect((await world.call(undefined, method, path, body)).status).toBe(401)
})

test('every role is among the users these tests sign in with', () => {
  expect(new Set(Object.values(users).map(({ role }) => role))).toEqual(new Set(roles))
})

test('the event stream needs a sign-in', async () => {
  expect((await fetch(`${world.service.url}/api/v1/stream`)).status).toBe(401)
})

test('a unit sees the cases of its own devices and of those assigned to it, and acts on no other', async () => {
  const events = await world.listen('rescuer')
  const seenBy = async (user: User) =>
    (await world.call<{ items: RescueCase[] }>(user, 'GET', '/incidents?deviceId=lift-0')).body.items.length
  expect([await seenBy('maintenance'), await seenBy('rescuer'), await seenBy('stranger')]).toEqual([1, 0, 0])
  const path = `/incidents/${rescue.id}`
  expect((await world.call('maintenance', 'GET', path)).status).toBe(200)
  expect((await world.call('rescuer', 'GET', path)).status).toBe(403)
  expect((await world.act('rescuer', rescue.id, 'note', { text: 'x' })).status).toBe(403)

  await world.act('dispatcher', rescue.id, 'note', { text: '第一次' })
  await world.act('dispatcher', rescue.id, 'assign', { level: 2 })
  const shown = await events.untilCase(({ id }) => id === rescue.id)
  expect(shown.assignedTo).toBe('station-near')
  expect((await world.act('maintenance', rescue.id, 'accept')).status).toBe(409)
  expect((await world.act('rescuer', rescue.id, 'accept')).status).toBe(200)
  expect(await seenBy('rescuer')).toBe(1)
})

test('a case is shown with its device and the people to call', async () => {
  await world.addLift('lift-called', { rescueCode: '654321' })
  const report = { rescueCode: '654321', callerPhone: '13900000000' }
  const { status, body } = await world.report(report)
  expect(status).toBe(201)
  const detail = await world.call<RescueCase & { device: { deviceId: string }; contacts: Contact[] }>(
    'dispatcher',
    'GET',
    `/incidents/${body.id}`,
  )
  expect(detail.body.device).toMatchObject({ deviceId: 'lift-called', rescueCode: '654321' })
  expect(detail.body.contacts).toEqual([
    { role: 'caller', name: '', phone: '13900000000' },
    { role: 'maintenance', name: '签约维保', phone: '023-1', unitId: 'unit-lift', etaSeconds: expect.any(Number) },
    { role: 'station', name: '近站', phone: '023-3', unitId: 'station-near', etaSeconds: 297 },
    { role: 'fire', name: '消防', phone: '119', unitId: 'fire-1', etaSeconds: expect.any(Number) },
    { role: 'use', name: '物业', phone: '023-4', unitId: 'owner' },
  ])
})

test('the list is newest first, by pages, and filtered by state, kind, rule and time', async () => {
  const events = await world.listen()
  for (const i of [1, 2, 3, 4, 5]) {
    const deviceId = `listed-${i}`
    await world.addLift(deviceId)
    await world.tell(heard(deviceId, 1, { deviceId, openedAt: 5_000_000 + (i % 3), ...(i === 5 ? {} : doorFault) }))
    await events.untilCase((incident) => incident.deviceId === deviceId)
  }
  const list = (query: string) =>
    world.call<{ items: RescueCase[]; nextCursor?: string }>(
      'dispatcher',
      'GET',
      `/incidents?from=5000000&to=5000009${query}`,
    )
  const all = (await list('')).body.items
  expect(all.map(({ openedAt }) => openedAt)).toEqual([5_000_002, 5_000_002, 5_000_001, 5_000_001, 5_000_000])

  const paged: RescueCase[] = []
  let cursor: string | undefined
  do {
    const page: { items: RescueCase[]; nextCursor?: string } = (
      await list(`&limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`)
    ).body
    expect(page.items.length).toBeLessThanOrEqual(2)
    paged.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(paged).toEqual(all)

  await world.act('dispatcher', all.find(({ rule }) => rule === 'entrapment')?.id ?? '', 'false-alarm', { reason: 'x' })
  const count = async (query: string) => (await list(query)).body.items.length
  expect([await count('&state=open'), await count('&state=closed'), await count('&state=all')]).toEqual([4, 1, 5])
  expect([await count('&rule=door_fault'), await count('&kind=hoist')]).toEqual([4, 0])
  expect([await count('&unit=true'), await count('&district=false')]).toEqual([0, 0])
  expect((await list('&cursor=nonsense')).status).toBe(422)
})

test('settings are changed one by one, by name', async () => {
  const settings = (await world.call<object>('dispatcher', 'GET', '/dispatch/settings')).body
  const changed = await world.call<object>('supervisor', 'PUT', '/dispatch/settings', { ackSeconds: 30 })
  expect(changed).toMatchObject({ status: 200, body: { ...settings, ackSeconds: 30 } })
  expect((await world.call<object>('regulator', 'GET', '/dispatch/settings')).body).toEqual(changed.body)
  for (const wrong of [{ ackSeconds: 0 }, { acceptSecond: 10 }, { acceptSeconds: '10' }]) {
    expect((await world.call('supervisor', 'PUT', '/dispatch/settings', wrong)).status).toBe(422)
  }
})

test.each([
  [
    'an unknown rescue code',
    'POST',
    '/incidents',
    { rescueCode: '999999' },
    404,
    'no device has the rescue code 999999',
  ],
  ['a report about nothing', 'POST', '/incidents', { rule: 'entrapment' }, 422, 'rescueCode or deviceId is needed'],
  ['a rule that there is none of', 'GET', '/incidents?rule=fire', undefined, 422, 'rule'],
  [
    'a unit of another kind',
    'POST',
    '/incidents/i/assign',
    { level: 1, unitId: 'fire-1', etaSeconds: expect.any(Number) },
    422,
    'level 1 needs maintenance',
  ],
  ['a parent that is not there', 'POST', '/incidents/i/link', { parentId: 'none' }, 422, 'no incident none'],
  ['a case as its own parent', 'POST', '/incidents/i/link', { parentId: 'i' }, 422, 'its own parent'],
  ['closing without a cause', 'POST', '/incidents/i/close', { freed: 1, injured: 0 }, 422, 'cause'],
  ['an action that there is none of', 'POST', '/incidents/i/sing', {}, 404, 'no POST'],
])('%s is refused with a problem that says so', async (_, method, path, body, status, detail) => {
  const answer = await world.call<Problem>('dispatcher', method, path, body)
  expect([answer.status, answer.type]).toEqual([status, 'application/problem+json; charset=utf-8'])
  expect(problemSchema.parse(answer.body).detail).toContain(detail)
})

test('an action that says all by its name needs no body, with or without a content type', async () => {
  await world.addLift('bare')
  const { body } = await world.report({ deviceId: 'bare' })
  const url = `${world.service.url}/api/v1/incidents/${body.id}`
  const headers = world.headers('dispatcher')
  expect((await fetch(`${url}/accept`, { method: 'POST', headers })).status).toBe(200)
  const typed = { ...headers, 'content-type': 'application/json' }
  expect((await fetch(`${url}/arrive`, { method: 'POST', headers: typed })).status).toBe(200)
})

test('text that a database cannot hold is kept as well as it can be', async () => {
  await world.addLift('odd')
  const report = { deviceId: 'odd', text: 'a\0b\ud800c' }
  const { status, body } = await world.report(report)
  expect(status).toBe(201)
  expect(body.timeline[0]?.details.text).toBe('a\ufffdb\ufffdc')
  expect((await world.call('dispatcher', 'GET', '/incidents/a%00b')).status).toBe(422)
})

test('a listener that reads nothing is dropped, and nobody else notices', async () => {
  const { hostname, port } = new URL(world.service.url)
  const deaf = connect(Number(port), hostname)
  const headers = Object.entries(world.headers('dispatcher')).map(([name, value]) => `${name}: ${value}\r\n`)
  deaf.write(`GET /api/v1/stream HTTP/1.1\r\nhost: x\r\n${headers.join('')}\r\n`)
  await once(deaf, 'readable')
  const listeners = async () =>
    Number(/stream_listeners (\d+)/.exec(await (await fetch(`${world.service.url}/metrics`)).text())?.[1])
  const before = await listeners()

  const events = await world.listen()
  await world.addLift('talked-of')
  const { id } = (await world.report({ deviceId: 'talked-of' })).body
  for (let i = 1; i <= 90; i++) await world.act('dispatcher', id, 'note', { text: `${i} ${'很长'.repeat(900)}` })
  await events.untilCase(({ timeline }) => String(timeline.at(-1)?.details.text).startsWith('90 '))
  expect(await listeners()).toBe(before)
  deaf.destroy()
}, 120_000)

test('what the service offers is in its OpenAPI document', async () => {
  const document = await (await fetch(`${world.service.url}/api/openapi.json`)).json()
  expect(Object.keys((document as { paths: object }).paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/incidents',
      '/api/v1/incidents/{id}',
      '/api/v1/incidents/{id}/accept',
      '/api/v1/stream',
    ]),
  )
})

test('metrics count open cases by level, escalations, lateness and lag', async () => {
  const metrics = await (await fetch(`${world.service.url}/metrics`)).text()
  expect(metrics).toMatch(/lifeline_dispatch_open_cases\{level="2"\} 1/)
  expect(metrics).toMatch(/lifeline_dispatch_event_lag_seconds_count [1-9]/)
  expect(metrics).toContain('lifeline_dispatch_deadline_lateness_seconds_bucket')
  expect(metrics).toContain('# TYPE lifeline_dispatch_escalations_total counter')
})
