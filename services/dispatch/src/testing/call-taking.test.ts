import { type Problem, problemSchema, type RescueCase } from '@lifeline/contracts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { CaseNotice } from '../store/notice-query.ts'
import { DeskWorld } from './desk-world.ts'
import type { EventReader } from './event-reader.ts'
import { heard } from './lift-world.ts'

// Making a database takes a while on a busy machine.
vi.setConfig({ hookTimeout: 120_000 })

let world: DeskWorld
let events: EventReader
let count = 0
let deviceId: string

beforeAll(async () => {
  world = await DeskWorld.start()
  events = await world.listen()
})
afterAll(() => world?.end())

/** Each test has a lift of its own. */
beforeEach(async () => {
  deviceId = `lift-${++count}`
  await world.addLift(deviceId, { rescueCode: String(200_000 + count), registrationCode: `311050011220200${count}` })
  await world.set({ acceptSeconds: 180, arriveSeconds: 1800, ackSeconds: 60, callBackSeconds: 300, severalTrapped: 3 })
})

const whats = ({ timeline }: RescueCase) => timeline.map(({ what }) => what)
const until = (fits: (incident: RescueCase) => boolean) =>
  events.untilCase((incident) => incident.deviceId === deviceId && fits(incident))
const detail = async (id: string) =>
  (await world.call<RescueCase & { notices: CaseNotice[] }>('dispatcher', 'GET', `/incidents/${id}`)).body

test('a machine is found by its registration code, or by words that fit no other', async () => {
  const byCode = await world.report({ registrationCode: `311050011220200${count}` })
  expect(byCode).toMatchObject({ status: 201, body: { deviceId } })
  const byPlace = await world.report({ place: `沙坪坝区 311050011220200${count}` })
  expect(byPlace).toMatchObject({ status: 200, body: { id: byCode.body.id } })
  const other = `${deviceId}-b`
  await world.addLift(other)
  await world.report({ deviceId: other })
  const several = await world.call<Problem>('dispatcher', 'POST', '/incidents', { place: '1 栋' })
  expect(several.status).toBe(422)
  expect(problemSchema.parse(several.body).errors).toMatchObject([{ path: 'place' }])
  expect(several.body.detail).toMatch(/\d+ machines fit: .*lift-1/)
  expect((await world.call('dispatcher', 'POST', '/incidents', { place: '月球' })).status).toBe(404)
})

test('an injured person raises the priority and proposes 120 and 119, which one action each decides', async () => {
  const { body } = await world.report({ deviceId, trapped: 1 })
  expect(body).toMatchObject({ priority: 2, proposals: [] })
  const worse = await world.report({ deviceId, condition: { injured: true } })
  expect(worse.body).toMatchObject({
    id: body.id,
    priority: 1,
    condition: { injured: true, heat: false, medical: false },
    proposals: [
      { service: '119', reasons: ['injured'], state: 'open' },
      { service: '120', reasons: ['injured'], state: 'open' },
    ],
  })
  expect(await until(({ priority }) => priority === 1)).toEqual(worse.body)

  await world.act('dispatcher', body.id, 'decide', { service: '120', confirmed: true })
  const decide119 = { service: '119', confirmed: false, text: '维保已到楼下' }
  const decided = (await world.act('supervisor', body.id, 'decide', decide119)).body
  expect(decided.proposals).toMatchObject([
    { service: '119', state: 'declined', decidedBy: 'chen' },
    { service: '120', state: 'confirmed', decidedBy: 'li' },
  ])
  expect(whats(decided).slice(-4)).toEqual(['proposed', 'proposed', 'summoned', 'declined'])
  // Pressed twice it is called once; heat is a new reason to ask for 119 again.
  await world.act('dispatcher', body.id, 'decide', { service: '120', confirmed: true })
  const hot = await world.act('dispatcher', body.id, 'call-back', { reached: true, condition: { heat: true } })
  expect(hot.body.proposals).toMatchObject([
    { service: '119', state: 'open', reasons: ['injured', 'heat'] },
    { service: '120', state: 'confirmed' },
  ])
  const { notices } = await detail(body.id)
  expect(notices.filter(({ about }) => about === 'summoned')).toMatchObject([{ to: '120', about: 'summoned' }])
})

test('a proposal to call 119 is settled when the case is escalated there', async () => {
  const { body } = await world.report({ deviceId, trapped: 4 })
  expect(body).toMatchObject({ priority: 1, proposals: [{ service: '119', reasons: ['several_trapped'] }] })
  const third = await world.act('dispatcher', body.id, 'assign', { level: 3 })
  expect(third.body.proposals).toMatchObject([{ service: '119', state: 'settled' }])
  expect((await world.act('dispatcher', body.id, 'decide', { service: '119', confirmed: true })).status).toBe(409)
})

test('the list can be sorted by priority, by pages', async () => {
  const ids: string[] = []
  for (const trapped of [1, 5, 1, 5]) {
    const other = `${deviceId}-${ids.length}`
    await world.addLift(other)
    ids.push((await world.report({ deviceId: other, trapped })).body.id)
  }
  const found: RescueCase[] = []
  let cursor = ''
  do {
    const path = `/incidents?sort=priority&state=open&limit=3${cursor}`
    const page = (await world.call<{ items: RescueCase[]; nextCursor?: string }>('dispatcher', 'GET', path)).body
    found.push(...page.items)
    cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  const mine = found.map(({ id }) => ids.indexOf(id)).filter((place) => place >= 0)
  expect(mine).toEqual([3, 1, 2, 0])
  expect(found.map(({ priority }) => priority)).toEqual(found.map(({ priority }) => priority).toSorted())
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
})

test('the trapped are to be called back, the desk is reminded until it has, and no longer than they are trapped', async () => {
  await world.set({ callBackSeconds: 0.4, ackSeconds: 0.3 })
  await world.tell(heard(deviceId, 1, { deviceId }))
  const { id, deadlines, openedAt: _ } = await until(() => true)
  const nagged = await until((incident) => whats(incident).filter((what) => what === 'call_back_due').length === 2)
  expect(nagged.deadlines.callBackBy).toBe(deadlines.callBackBy)
  const nags = nagged.timeline.filter(({ what }) => what === 'call_back_due')
  expect(nags.map(({ by, details }) => [by, details.missed])).toEqual([
    ['system', 1],
    ['system', 2],
  ])
  await world.set({ callBackSeconds: 300, ackSeconds: 60 })
  const before = Date.now()
  const { body } = await world.act('dispatcher', id, 'call-back', { reached: true, text: '情绪稳定' })
  expect(body.deadlines.callBackBy).toBeGreaterThanOrEqual(before + 300_000)
  expect(body.timeline.at(-1)).toMatchObject({ what: 'called_back', details: { reached: true, text: '情绪稳定' } })
  // Who does not answer is to be tried again sooner.
  const unreached = (await world.act('dispatcher', id, 'call-back', { reached: false })).body
  expect(unreached.deadlines.callBackBy).toBeLessThan(body.deadlines.callBackBy ?? 0)

  await world.act('dispatcher', id, 'accept')
  const freed = await world.act('dispatcher', id, 'free', { freed: 1 })
  expect(freed.body.deadlines).toEqual({})
  expect((await world.act('dispatcher', id, 'call-back', { reached: true })).status).toBe(409)
  const { notices } = await detail(id)
  expect(notices.filter(({ about }) => about === 'call_back').length).toBeGreaterThanOrEqual(2)
})
