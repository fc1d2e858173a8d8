import type { RescueCase } from '@lifeline/contracts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { CaseNotice } from '../store/notice-query.ts'
import { DeskWorld } from './desk-world.ts'
import type { EventReader } from './event-reader.ts'
import { doorFault, heard } from './lift-world.ts'

// Who has a case, what is one event and what is two, what was an exercise and what was nothing.

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

beforeEach(async () => {
  deviceId = `lift-${++count}`
  await world.addLift(deviceId)
})

const whats = ({ timeline }: RescueCase) => timeline.map(({ what }) => what)
const tell = (name: string, revision = 1, data = {}) =>
  world.tell(heard(`${deviceId}.${name}`, revision, { deviceId, ...data }))
const until = (fits: (incident: RescueCase) => boolean = () => true) =>
  events.untilCase((incident) => incident.deviceId === deviceId && fits(incident))
const read = async (id: string) =>
  (await world.call<RescueCase & { notices: CaseNotice[] }>('dispatcher', 'GET', `/incidents/${id}`)).body

test('a case shows which dispatcher has it; another one takes it over, which the timeline tells', async () => {
  await tell('e')
  const { id } = await until()
  expect((await world.act('dispatcher', id, 'accept')).body.takenBy).toMatchObject({ name: 'li' })
  const taken = await world.act('supervisor', id, 'take')
  expect(taken.body.takenBy).toMatchObject({ name: 'chen' })
  expect(taken.body.timeline.at(-1)).toMatchObject({ by: 'chen', what: 'taken', details: { from: 'li' } })
  expect((await world.act('maintenance', id, 'take')).status).toBe(403)
  // A life may hang on it: nobody is kept from acting.
  expect((await world.act('dispatcher', id, 'depart')).status).toBe(200)
})

test('two cases that are one event become one, and what the engine says of either is told there', async () => {
  const { body: wrong } = await world.report({ deviceId, callerPhone: '138', trapped: 2 })
  const real = `${deviceId}-real`
  await world.addLift(real)
  await world.tell(heard(`${real}.e`, 1, { deviceId: real }))
  const { id: intoId } = await events.untilCase((incident) => incident.deviceId === real)
  await tell('e')
  await until(({ incidentIds }) => incidentIds.length === 1)

  const merged = await world.act('dispatcher', wrong.id, 'merge', { intoId })
  expect(merged.body).toMatchObject({ state: 'closed', outcome: { kind: 'merged', intoId }, incidentIds: [] })
  const into = await read(intoId)
  expect(into).toMatchObject({ callerPhone: '138', trapped: 2, incidentIds: [`${real}.e`, `${deviceId}.e`] })
  expect(into.timeline.at(-1)).toMatchObject({ what: 'merged', details: { fromId: wrong.id } })
  expect((await read(`${deviceId}.e`)).id).toBe(intoId)
  await tell('e', 2, { clearedAt: 1_900_000 })
  await events.untilCase(({ id, timeline }) => id === intoId && timeline.at(-1)?.what === 'cleared')
  expect((await world.act('dispatcher', wrong.id, 'merge', { intoId })).status).toBe(409)
  expect((await world.act('dispatcher', intoId, 'merge', { intoId })).status).toBe(422)
  expect((await world.act('dispatcher', intoId, 'merge', { intoId: 'none' })).status).toBe(422)
})

test('merges of the same two cases in both directions at once leave one of them open', async () => {
  const other = `${deviceId}-b`
  await world.addLift(other)
  const [a, b] = [(await world.report({ deviceId })).body.id, (await world.report({ deviceId: other })).body.id]
  const both = await Promise.all([
    world.act('dispatcher', a, 'merge', { intoId: b }),
    world.act('supervisor', b, 'merge', { intoId: a }),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect([(await read(a)).state, (await read(b)).state].toSorted()).toEqual(['assigned', 'closed'])
})

test('an incident that is an event of its own is split off, with its own rescue', async () => {
  await tell('alarm', 1, { rule: 'alarm_button', severity: 'major' })
  await tell('e')
  const { id } = await until(({ incidentIds }) => incidentIds.length === 2)
  const all = await world.act('dispatcher', id, 'split', { incidentIds: [`${deviceId}.alarm`, `${deviceId}.e`] })
  expect(all.status).toBe(422)
  expect((await world.act('dispatcher', id, 'split', { incidentIds: ['strange'] })).status).toBe(422)
  const kept = await world.act('dispatcher', id, 'split', { incidentIds: [`${deviceId}.e`] })
  expect(kept.body).toMatchObject({ id, incidentIds: [`${deviceId}.alarm`], state: 'assigned' })
  const own = await read(`${deviceId}.e`)
  expect(own).toMatchObject({ incidentIds: [`${deviceId}.e`], rule: 'entrapment', lifeSafety: true, state: 'assigned' })
  expect(own.timeline.map(({ what, details }) => [what, details.fromId])).toEqual([
    ['split', id],
    ['assigned', undefined],
  ])
})

test('a drill is marked, tells nobody outside, and takes nothing of what happens in earnest', async () => {
  const { body: drill } = await world.report({ deviceId, trapped: 4, drill: true })
  expect(drill).toMatchObject({ drill: true, state: 'assigned', priority: 1 })
  await world.act('dispatcher', drill.id, 'decide', { service: '119', confirmed: true })
  await world.act('dispatcher', drill.id, 'assign', { level: 3 })
  const { notices } = await read(drill.id)
  const outside = notices.filter(({ to }) => to !== 'unit' && to !== 'desk')
  expect(outside.map(({ about, notSent }) => [about, notSent])).toEqual([
    ['summoned', 'drill'],
    ['assigned', 'drill'],
  ])
  await tell('e')
  expect((await until(({ drill }) => !drill)).id).not.toBe(drill.id)
  const real = await world.report({ deviceId, trapped: 1 })
  expect(real.body).toMatchObject({ drill: false })
  expect((await world.act('dispatcher', drill.id, 'merge', { intoId: real.body.id })).status).toBe(422)
  expect((await world.report({ deviceId, drill: true })).body.id).toBe(drill.id)
})

test('the end of an alarm needs a person: telemetry that clears closes no case of life safety', async () => {
  await tell('e')
  const { id } = await until()
  await tell('e', 2, { clearedAt: 1_900_000 })
  const cleared = await until(({ clearedAt }) => clearedAt !== undefined)
  expect(cleared.state).toBe('assigned')
  for (const body of [{}, { freed: 1 }, { freed: 1, injured: 0 }, { injured: 0, cause: 'door' }]) {
    expect((await world.act('dispatcher', id, 'close', body)).status).toBe(422)
  }
  expect((await world.act('regulator', id, 'close', { freed: 1, injured: 0, cause: 'door' })).status).toBe(403)
  expect((await world.act('dispatcher', id, 'close', { freed: 1, injured: 0, cause: 'door' })).body.state).toBe(
    'closed',
  )
})

test('what was a false alarm and why counts for its rule; drills, merged cases and mere calls do not', async () => {
  const from = 7_000_000
  const opened = async (name: string) => {
    await world.addLift(`${deviceId}-${name}`)
    const word = heard(`${deviceId}-${name}`, 1, { deviceId: `${deviceId}-${name}`, openedAt: from, ...doorFault })
    await world.tell(word)
    return (await events.untilCase((incident) => incident.deviceId === `${deviceId}-${name}`)).id
  }
  const [a, b, c, d, e] = [
    await opened('a'),
    await opened('b'),
    await opened('c'),
    await opened('d'),
    await opened('e'),
  ]
  await world.act('dispatcher', a, 'false-alarm', { reason: '维保作业或测试' })
  await world.act('dispatcher', b, 'false-alarm', { reason: '维保作业或测试' })
  await world.act('dispatcher', c, 'close', { freed: 0, injured: 0, cause: 'door' })
  await world.act('dispatcher', e, 'merge', { intoId: d })
  const { body } = await world.call<{ items: object[] }>(
    'regulator',
    'GET',
    `/rules/statistics?from=${from}&to=${from}`,
  )
  expect(body.items).toEqual([
    {
      ...{ rule: 'door_fault', cases: 4, judged: 3, falseAlarms: 2, share: 2 / 3 },
      byReason: [{ reason: '维保作业或测试', cases: 2 }],
    },
  ])
})

test('two people who take a case at once both show in its timeline, the later one has it', async () => {
  await tell('e')
  const { id } = await until()
  await Promise.all([world.act('dispatcher', id, 'take'), world.act('supervisor', id, 'take')])
  const { timeline, takenBy } = await read(id)
  const taken = timeline.filter(({ what }) => what === 'taken')
  expect(taken).toHaveLength(2)
  expect(taken.at(-1)).toMatchObject({ by: takenBy?.name, details: { from: taken[0]?.by } })
  expect(whats(await read(id)).filter((what) => what === 'assigned')).toHaveLength(1)
})
