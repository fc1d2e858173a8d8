import type { RescueCase, Shift } from '@lifeline/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Contact } from '../contacts.ts'
import type { CaseNotice } from '../store/notice-query.ts'
import { DeskWorld } from './desk-world.ts'

// Making a database takes a while on a busy machine.
vi.setConfig({ hookTimeout: 120_000 })

const hour = 3_600_000
let world: DeskWorld
let count = 0

beforeAll(async () => {
  world = await DeskWorld.start()
})
afterAll(() => world?.end())

type Detail = RescueCase & { contacts: Contact[]; notices: CaseNotice[] }

async function trappedIn(more: { readonly rural?: boolean } = {}): Promise<Detail> {
  const deviceId = `lift-${++count}`
  await world.addLift(deviceId, more)
  const { body } = await world.report({ deviceId })
  return (await world.call<Detail>('dispatcher', 'GET', `/incidents/${body.id}`)).body
}
const enter = async (unitId: string, from: number, to: number, people: Shift['people'] = []): Promise<Shift> => {
  const answer = await world.call<Shift>('dispatcher', 'POST', '/dispatch/shifts', { unitId, from, to, people })
  expect(answer.status).toBe(201)
  return answer.body
}

test('who is off duty by its roster is passed over at once, and nobody else', async () => {
  const now = Date.now()
  const crew = [{ name: '张工', phone: '139' }]
  const shifts = [
    await enter('unit-lift', now + hour, now + 2 * hour),
    await enter('station-near', now + hour, now + 2 * hour),
    await enter('station-far', now - hour, now + hour, crew),
    // A roster that has run out leaves nobody without help.
    await enter('fire-1', now - 2 * hour, now - hour),
  ]
  const skipped = await trappedIn()
  expect(skipped).toMatchObject({ state: 'assigned', level: 2, assignedTo: 'station-far' })
  expect(skipped.timeline.map(({ what }) => what)).toEqual(['reported', 'skipped', 'assigned'])
  expect(skipped.notices).toMatchObject([
    { to: 'unit', about: 'assigned', level: 1, unitId: 'unit-lift', notSent: 'off duty' },
    { to: 'unit', about: 'assigned', level: 2, unitId: 'station-near', notSent: 'off duty' },
    { to: 'unit', about: 'assigned', level: 2, unitId: 'station-far' },
  ])
  expect(skipped.contacts).toMatchObject([
    { unitId: 'station-far', people: crew },
    { unitId: 'unit-lift', onDuty: false },
    { unitId: 'fire-1' },
    { unitId: 'owner' },
  ])

  const { body } = await world.call<{ items: Shift[] }>('maintenance', 'GET', '/dispatch/shifts')
  expect(body.items).toEqual(shifts.slice(0, 1))
  for (const { id } of shifts) {
    const url = `${world.service.url}/api/v1/dispatch/shifts/${id}`
    const remove = () => fetch(url, { method: 'DELETE', headers: world.headers('dispatcher') })
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 404])
  }
  expect(await trappedIn()).toMatchObject({ level: 1, assignedTo: 'unit-lift' })
})

test('a shift that ends before it begins is refused', async () => {
  const wrong = { unitId: 'unit-lift', from: 2, to: 1 }
  expect((await world.call('dispatcher', 'POST', '/dispatch/shifts', wrong)).status).toBe(422)
})

test('outside the built-up area whoever accepts has the longer time to arrive, and is faster on the road', async () => {
  const eta = ({ contacts }: Detail) => contacts.find(({ unitId }) => unitId === 'station-near')?.etaSeconds
  const [town, country] = [await trappedIn(), await trappedIn({ rural: true })]
  expect([eta(town), eta(country)]).toEqual([297, 186])
  const minutes: number[] = []
  for (const { id } of [town, country]) {
    const { body } = await world.act('maintenance', id, 'accept')
    minutes.push(((body.deadlines.arriveBy ?? 0) - (body.timeline.at(-1)?.at ?? 0)) / 60_000)
  }
  expect(minutes).toEqual([30, 60])
})

test('a unit that has the case no more, or whose case is over, is told so', async () => {
  const { id } = await trappedIn()
  await world.act('dispatcher', id, 'escalate', { reason: '无人接听' })
  await world.act('dispatcher', id, 'false-alarm', { reason: '误碰' })
  const { notices } = (await world.call<Detail>('dispatcher', 'GET', `/incidents/${id}`)).body
  expect(notices.map(({ about, unitId }) => `${about} ${unitId}`)).toEqual([
    'assigned unit-lift',
    'moved_on unit-lift',
    'assigned station-near',
    'ended station-near',
  ])
})
