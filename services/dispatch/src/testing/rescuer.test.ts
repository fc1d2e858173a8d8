import { randomUUID } from 'node:crypto'
import type { CrewReport, RescueCase } from '@lifeline/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DeskWorld } from './desk-world.ts'
import { CrewPhone } from './rescue-world/crew-phone.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let world: DeskWorld
let lifts = 0

beforeAll(async () => {
  world = await DeskWorld.start()
})
afterAll(() => world?.end())

async function entrapment(): Promise<string> {
  const deviceId = `lift-${++lifts}`
  await world.addLift(deviceId, { rescueCode: String(200_000 + lifts) })
  return (await world.report({ deviceId, callerPhone: '13800000000', trapped: 2 })).body.id
}
const linkTo = async (id: string) => {
  const { body } = await world.call<{ link: string }>('dispatcher', 'POST', `/incidents/${id}/rescuer-link`, {})
  return body.link
}
const phone = async (id: string) => new CrewPhone(await linkTo(id), world.service.url)
const deskSees = async (id: string) => (await world.call('dispatcher', 'GET', `/incidents/${id}`)).body
const crew = async (id: string) => (await world.call<CrewReport>('dispatcher', 'GET', `/incidents/${id}/crew`)).body
const whats = ({ timeline }: RescueCase) => timeline.map(({ what }) => what)

test('a crew goes from the link to the freed people', async () => {
  const id = await entrapment()
  const crewPhone = await phone(id)
  const opened = await crewPhone.open()
  expect(opened.view).toMatchObject({
    id,
    state: 'assigned',
    mine: true,
    address: '沙坪坝区 1 栋 1 单元',
    location: { lat: 29.6, lon: 106.5 },
    trapped: 2,
    unitName: '签约维保',
    deskPhone: '96333',
    callerPhone: '13800000000',
    sitePhone: '023-4',
  })
  expect((await crewPhone.act('accept', {})).view?.state).toBe('accepted')
  const position = { lat: 29.55, lon: 106.45, accuracy: 12 }
  expect((await crewPhone.act('depart', { position })).view?.state).toBe('departed')
  await crewPhone.act('position', { position: { ...position, lat: 29.58 } })
  expect((await crewPhone.act('arrive', {})).view?.state).toBe('arrived')
  const found = await crewPhone.act('cause', { cause: 'door', text: '门锁' })
  expect(found.view?.cause).toBe('door')
  expect((await crewPhone.act('free', { freed: 2 })).view).toMatchObject({ state: 'freed', freed: 2 })

  const seen = await deskSees(id)
  expect(whats(seen)).toEqual(expect.arrayContaining(['accepted', 'departed', 'arrived', 'freed', 'noted']))
  expect(seen.timeline.find(({ what }) => what === 'accepted')?.by).toBe('crew unit-lift')
  expect(await crew(id)).toMatchObject({
    positions: [{ unitId: 'unit-lift', lat: 29.58, lon: 106.45, accuracy: 12 }],
    causes: [{ unitId: 'unit-lift', cause: 'door', text: '门锁' }],
  })
  await world.act('dispatcher', id, 'close', { freed: 2, injured: 0, cause: 'door' })
  const after = await crewPhone.look()
  expect(after.view).toMatchObject({ state: 'closed' })
  expect(after.view?.callerPhone).toBeUndefined()
})

test('a request that is repeated, also many times at once, does nothing twice', async () => {
  const id = await entrapment()
  const crewPhone = await phone(id)
  await crewPhone.open()
  await crewPhone.act('accept', {})
  const [freed, cause, corrected] = [randomUUID(), randomUUID(), randomUUID()]
  const many = await Promise.all(Array.from({ length: 8 }, () => crewPhone.act('cause', { cause: 'power' }, cause)))
  expect(many.map(({ status }) => status)).toEqual(Array(8).fill(200))
  await crewPhone.act('free', { freed: 1 }, freed)
  await crewPhone.act('free', { freed: 2 }, corrected)
  // An old request that comes late must not undo the correction.
  expect((await crewPhone.act('free', { freed: 1 }, freed)).view?.freed).toBe(2)
  const seen = await deskSees(id)
  expect(whats(seen).filter((what) => what === 'noted')).toHaveLength(1)
  expect(whats(seen).filter((what) => what === 'freed')).toHaveLength(2)
})

test('a link is good in the browser that opened it first; the desk gives another', async () => {
  const id = await entrapment()
  const link = await linkTo(id)
  const first = new CrewPhone(link, world.service.url)
  // Who only looks, as a preview of a messenger does, takes nothing.
  expect((await new CrewPhone(link, world.service.url).look()).status).toBe(403)
  expect((await first.open()).status).toBe(200)
  expect((await first.open()).status).toBe(200)
  const forwarded = new CrewPhone(link, world.service.url)
  expect((await forwarded.open()).status).toBe(403)
  expect((await forwarded.act('accept', {})).status).toBe(403)
  expect((await (await phone(id)).open()).status).toBe(200)
  expect((await first.look()).status).toBe(200)
  const unknown = new CrewPhone(`/r/${'A'.repeat(43)}`, world.service.url)
  expect((await unknown.open()).status).toBe(404)
})

test('a case that has gone to another unit says so, and what is out of turn is refused', async () => {
  const id = await entrapment()
  const crewPhone = await phone(id)
  await crewPhone.open()
  expect((await crewPhone.act('arrive', {})).status).toBe(409)
  await world.act('dispatcher', id, 'escalate', { reason: 'test' })
  expect((await crewPhone.look()).view).toMatchObject({ mine: false, state: 'assigned' })
  expect((await crewPhone.act('accept', {})).status).toBe(409)
})

test('a photo is kept without what its camera says, once, and shown to who sees the case', async () => {
  const id = await entrapment()
  const crewPhone = await phone(id)
  await crewPhone.open()
  const picture = Buffer.from('ffd8ffdb0004aabbffda0004aabb0102ffd9', 'hex')
  const exif = Buffer.concat([
    picture.subarray(0, 2),
    Buffer.from('ffe1000845786966', 'hex'),
    Buffer.from('0000', 'hex'),
    picture.subarray(2),
  ])
  const key = randomUUID()
  expect((await crewPhone.photo(exif, key)).view?.photos).toBe(1)
  expect((await crewPhone.photo(exif, key)).view?.photos).toBe(1)
  expect((await crewPhone.photo(Buffer.from('<html>'))).status).toBe(422)
  expect((await crewPhone.photo(Buffer.alloc(1_000_000))).status).toBe(413)
  const [kept] = (await crew(id)).photos
  const path = `${world.service.url}/api/v1/incidents/${id}/photos/${kept?.id}`
  const answer = await fetch(path, { headers: world.headers('maintenance') })
  expect(answer.headers.get('content-type')).toBe('image/jpeg')
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture)
  expect((await fetch(path, { headers: world.headers('stranger') })).status).toBe(403)
  expect((await fetch(path)).status).toBe(401)
})

test('only the desk gives links, for a unit that the case was assigned to', async () => {
  const id = await entrapment()
  for (const as of ['regulator', 'maintenance', 'rescuer'] as const) {
    expect((await world.call(as, 'POST', `/incidents/${id}/rescuer-link`, {})).status, as).toBe(403)
  }
  const other = await world.call('dispatcher', 'POST', `/incidents/${id}/rescuer-link`, { unitId: 'station-far' })
  expect(other.status).toBe(409)
  expect((await world.call('stranger', 'GET', `/incidents/${id}/crew`)).status).toBe(403)
})
