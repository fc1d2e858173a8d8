import type { RescueCase } from '@lifeline/contracts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DeskWorld } from './desk-world.ts'
import type { EventReader } from './event-reader.ts'
import { doorFault, heard } from './lift-world.ts'

// Making a database takes a while on a busy machine.
vi.setConfig({ hookTimeout: 120_000 })

let world: DeskWorld
let events: EventReader
let count = 0
let deviceId: string

beforeAll(async () => {
  world = await DeskWorld.start()
  await world.setUnit({ id: 'unit-silent', name: '无人应答', kind: 'maintenance', phone: '023-9' })
  events = await world.listen()
})
afterAll(() => world?.end())

/** Each test has a lift of its own. */
beforeEach(async () => {
  deviceId = `lift-${++count}`
  await world.addLift(deviceId, { rescueCode: String(200_000 + count) })
  await world.set({ acceptSeconds: 180, arriveSeconds: 1800, ackSeconds: 60 })
})

const whats = ({ timeline }: RescueCase) => timeline.map(({ what }) => what)
const tell = (name: string, revision: number, data = {}) =>
  world.tell(heard(`${deviceId}.${name}`, revision, { deviceId, ...data }))
/** The first state of this test's lift that fits. */
const until = (fits: (incident: RescueCase) => boolean = () => true) =>
  events.untilCase((incident) => incident.deviceId === deviceId && fits(incident))
const casesOf = async () =>
  (await world.call<{ items: RescueCase[] }>('dispatcher', 'GET', `/incidents?deviceId=${deviceId}`)).body.items

test('an incident on the stream is an assigned case on the event stream at once', async () => {
  const told = Date.now()
  await tell('entrapment', 1)
  const incident = await until()
  expect(incident).toMatchObject({
    incidentIds: [`${deviceId}.entrapment`],
    state: 'assigned',
    level: 1,
    assignedTo: 'unit-lift',
    address: '沙坪坝区 1 栋 1 单元',
    measured: { duration: 30 },
  })
  expect(incident.deadlines.acceptBy).toBeGreaterThanOrEqual(told + 180_000)
  expect(whats(incident)).toEqual(['opened', 'assigned'])
})

test('a rescue from the alarm to closing, each step on the event stream and in the timeline with its author', async () => {
  await tell('entrapment', 1)
  const { id } = await until()
  await world.act('dispatcher', id, 'accept')
  await world.act('maintenance', id, 'depart')
  await world.act('maintenance', id, 'arrive')
  await tell('entrapment', 2, { clearedAt: 1_900_000 })
  await until(({ clearedAt }) => clearedAt === 1_900_000)
  await world.act('maintenance', id, 'free', { freed: 2 })
  const close = { freed: 2, injured: 0, cause: 'door', text: '门刀卡异物' }
  const closed = await world.act('dispatcher', id, 'close', close)
  expect(closed).toMatchObject({ status: 200, body: { state: 'closed', outcome: { kind: 'rescued', ...close } } })
  expect(closed.body.timeline.map(({ by, what }) => `${by} ${what}`)).toEqual([
    'engine opened',
    'engine assigned',
    'li accepted',
    'zhao departed',
    'zhao arrived',
    'engine cleared',
    'zhao freed',
    'li closed',
  ])
  expect(await until(({ state }) => state === 'closed')).toEqual(closed.body)
})

test('a maintenance unit that never answers: the case reaches 119 by itself and reminds the desk until it is taken', async () => {
  await world.addLift(deviceId, { maintenanceUnit: 'unit-silent' })
  await world.set({ acceptSeconds: 0.4, ackSeconds: 0.3 })
  await tell('entrapment', 1)
  expect((await until()).assignedTo).toBe('unit-silent')
  const third = await until(({ level }) => level === 3)
  expect(third).toMatchObject({ state: 'assigned', assignedTo: 'fire-1' })
  const reminded = await until((incident) => whats(incident).filter((what) => what === 'reminder').length === 2)
  const { body } = await world.act('dispatcher', reminded.id, 'accept')
  const rescue = whats(body).filter((what) => what !== 'unacknowledged')
  expect(rescue.slice(0, 8)).toEqual([
    ...['opened', 'assigned', 'escalated', 'assigned', 'escalated', 'assigned', 'reminder', 'reminder'],
  ])
  const escalations = body.timeline.filter(({ what }) => what === 'escalated')
  expect(escalations.map(({ details }) => details.unitId)).toEqual(['unit-silent', 'station-near'])
  expect(body.deadlines.arriveBy).toBeGreaterThan(Date.now())
})

test('a unit on its way that does not arrive in time loses the case to the next level', async () => {
  await world.set({ arriveSeconds: 0.3 })
  await tell('entrapment', 1)
  const { id } = await until()
  await world.act('maintenance', id, 'accept')
  const escalated = await until(({ level }) => level === 2)
  expect(escalated).toMatchObject({ state: 'assigned', assignedTo: 'station-near' })
  expect(escalated.timeline.at(-2)).toMatchObject({
    what: 'escalated',
    details: { unitId: 'unit-lift', state: 'accepted' },
  })
})

test('a held case waits longer, and a changed setting leaves running clocks alone', async () => {
  await tell('entrapment', 1)
  const { id, deadlines } = await until()
  await world.set({ acceptSeconds: 0.2 })
  const { body } = await world.act('dispatcher', id, 'hold', { minutes: 2, reason: '维保电话占线' })
  expect(body.deadlines.acceptBy).toBe((deadlines.acceptBy ?? 0) + 120_000)
  expect(body.holdUntil).toBe(body.deadlines.acceptBy)
})

test('telemetry closes a door fault that nobody has touched, and no other case', async () => {
  await tell('door_fault', 1, doorFault)
  await tell('entrapment', 1)
  await tell('door_fault', 2, { ...doorFault, clearedAt: 1_900_000 })
  await tell('entrapment', 2, { clearedAt: 1_900_000 })
  expect((await until(({ rule, state }) => rule === 'door_fault' && state === 'closed')).outcome).toEqual({
    kind: 'cleared',
  })
  expect((await until(({ rule, clearedAt }) => rule === 'entrapment' && clearedAt !== undefined)).state).toBe(
    'assigned',
  )
})

test('a late incident is a closed case from the start', async () => {
  await tell('entrapment', 1, { late: true, clearedAt: 1_500_000 })
  expect(await until()).toMatchObject({ state: 'closed', outcome: { kind: 'late' }, level: 0 })
})

test('a caller and the engine that tell of the same lift share one case, whoever is first', async () => {
  const report = { rescueCode: String(200_000 + count), rule: 'entrapment', callerPhone: '138', trapped: 2 }
  const first = await world.report(report)
  expect(first).toMatchObject({ status: 201, body: { state: 'assigned', incidentIds: [], callerPhone: '138' } })
  await tell('entrapment', 1)
  const joined = await until(({ incidentIds }) => incidentIds.length === 1)
  expect(joined.id).toBe(first.body.id)
  const second = await world.report({ deviceId, text: '又来电话' })
  expect(second).toMatchObject({ status: 200, body: { id: first.body.id } })
  expect(whats(second.body)).toEqual(['reported', 'assigned', 'joined', 'reported'])
  expect(await casesOf()).toHaveLength(1)
})

test('alarm button and entrapment of one car are one case, found by either rule', async () => {
  await tell('alarm_button', 1, { rule: 'alarm_button', severity: 'major' })
  await tell('entrapment', 1)
  const { id } = await until(({ rule }) => rule === 'entrapment')
  for (const rule of ['alarm_button', 'entrapment']) {
    const found = await world.call<{ items: RescueCase[] }>(
      'dispatcher',
      'GET',
      `/incidents?deviceId=${deviceId}&rule=${rule}`,
    )
    expect(found.body.items.map((item) => item.id)).toEqual([id])
  }
  expect((await world.call('dispatcher', 'GET', `/incidents/${deviceId}.entrapment`)).body.id).toBe(id)
})

test('after a false alarm the same episode opens nothing, the next one does', async () => {
  await tell('entrapment', 1)
  const { id } = await until()
  await world.act('dispatcher', id, 'false-alarm', { reason: '电梯空载' })
  await tell('entrapment', 2, { confidence: 'confirmed' })
  await until((incident) => whats(incident).at(-1) === 'updated')
  expect(await casesOf()).toHaveLength(1)
  await world.tell(heard(`${deviceId}.entrapment.next`, 1, { deviceId, openedAt: 1_200_000 }))
  expect((await until((incident) => incident.id !== id)).state).toBe('assigned')
})

test('what the engine says belongs to another incident is linked to its case; who is trapped stays a case', async () => {
  const dark = { rule: 'power_loss', severity: 'warning', lifeSafety: false } as const
  await tell('power_loss', 1, dark)
  const parent = await until()
  const neighbour = `${deviceId}-b`
  await world.addLift(neighbour, { rescueCode: String(300_000 + count) })
  const own = (name: string, data = {}) =>
    world.tell(heard(`${neighbour}.${name}`, 1, { deviceId: neighbour, parentId: `${deviceId}.power_loss`, ...data }))
  await own('power_loss', dark)
  await own('entrapment')
  const trapped = await events.untilCase(({ deviceId, rule }) => deviceId === neighbour && rule === 'entrapment')
  expect(trapped).toMatchObject({ parentId: parent.id, state: 'assigned', lifeSafety: true })
  expect(whats(trapped)).toEqual(['opened', 'assigned', 'linked'])
  const cut = await events.untilCase(({ deviceId, rule }) => deviceId === neighbour && rule === 'power_loss')
  expect(cut.parentId).toBe(parent.id)
  expect(cut.id).not.toBe(trapped.id)
})
