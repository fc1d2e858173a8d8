import { join } from 'node:path'
import { retrying } from '@lifeline/bus'
import { incidentSubject, type RescueCase } from '@lifeline/contracts'
import { openDatabase } from '@lifeline/database'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { migrations } from '../store/migrations.ts'
import type { Tables } from '../store/tables.ts'
import { DeskWorld } from './desk-world.ts'
import { doorFault, heard } from './lift-world.ts'

// Killing and starting again takes a while on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let world: DeskWorld
let round = 0

beforeAll(async () => {
  world = await DeskWorld.start()
})
afterAll(() => world?.end())
beforeEach(async () => {
  round++
  await world.set({ acceptSeconds: 180, arriveSeconds: 1800, ackSeconds: 60 })
})

/** Ids of so many newly registered lifts. */
async function lifts(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `lift-${round}-${i}`)
  await Promise.all(ids.map((id) => world.addLift(id)))
  return ids
}
const times = ({ timeline }: RescueCase, wanted: string) => timeline.filter(({ what }) => what === wanted).length
const kill = () => world.service.process.stop('SIGKILL')
const restart = () => world.service.process.start()

/** The last state heard of each of the devices' cases, once all fit. */
async function untilAll(devices: readonly string[], lastEventId: string, fits: (incident: RescueCase) => boolean) {
  const events = await world.listen('dispatcher', lastEventId)
  const all = await events.until((seen) => {
    const latest = new Map(seen.map(({ incident }) => [incident.id, incident]))
    const mine = [...latest.values()].filter(({ deviceId }) => devices.includes(deviceId))
    return mine.length >= devices.length && mine.every(fits) ? mine : undefined
  })
  events.close()
  return all
}

test('the engine’s words told several times, in the wrong order, under other message ids, are one case', async () => {
  const [deviceId = ''] = await lifts(1)
  const events = await world.listen()
  const say = (revision: number, copy: string, data = {}) =>
    world.tell(heard(deviceId, revision, { ...doorFault, deviceId, ...data }), `${deviceId}.${revision}.${copy}`)
  await say(1, 'a')
  await say(3, 'a', { severity: 'major' })
  await say(2, 'a')
  await say(1, 'b')
  await say(3, 'b', { severity: 'major' })
  await say(4, 'a', { severity: 'major', clearedAt: 1_900_000 })
  const last = await events.untilCase(({ deviceId: of, state }) => of === deviceId && state === 'closed')
  expect(last.timeline.map(({ what }) => what)).toEqual(['opened', 'updated', 'cleared', 'closed'])
  const { body } = await world.call<{ items: RescueCase[] }>('dispatcher', 'GET', `/incidents?deviceId=${deviceId}`)
  expect(body.items).toHaveLength(1)
})

test('what is no incident event is put aside and holds up nothing', async () => {
  const [deviceId = ''] = await lifts(1)
  const events = await world.listen()
  const subject = incidentSubject('elevator', 'entrapment', deviceId)
  await world.bus.connection.jetstream().publish(subject, 'not JSON')
  await world.bus.connection.jetstream().publish(subject, JSON.stringify({ specversion: '1.0' }))
  await world.tell(heard(deviceId, 1, { deviceId }))
  await events.untilCase((incident) => incident.deviceId === deviceId)
  const metrics = await (await fetch(`${world.service.url}/metrics`)).text()
  expect(metrics).toContain('lifeline_dispatch_events_total{result="malformed"} 2')
})

test('SIGKILL in the middle of a burst of incidents: afterwards each is exactly one case', async () => {
  const devices = await lifts(60)
  const events = await world.listen()
  const { lastId } = events
  const told = Promise.all(devices.map((deviceId) => world.tell(heard(deviceId, 1, { deviceId }))))
  await events.untilCase(({ deviceId }) => devices.includes(deviceId))
  await kill()
  await told
  await restart()
  const all = await untilAll(devices, lastId, ({ state }) => state === 'assigned')
  expect(all).toHaveLength(devices.length)
  for (const incident of all) expect([times(incident, 'opened'), times(incident, 'assigned')]).toEqual([1, 1])
})

test('SIGKILL before a clock is due: it is due all the same, and its step is taken once', async () => {
  const [deviceId = ''] = await lifts(1)
  await world.set({ acceptSeconds: 0.5 })
  const events = await world.listen()
  await world.tell(heard(deviceId, 1, { deviceId }))
  await events.untilCase((incident) => incident.deviceId === deviceId)
  await kill()
  await restart()
  const [incident] = await untilAll([deviceId], events.lastId, ({ level }) => level === 3)
  expect(incident && times(incident, 'escalated')).toBe(2)
})

test('SIGKILL while many clocks are due: each step is taken exactly once', async () => {
  const devices = await lifts(40)
  await world.set({ acceptSeconds: 2 })
  const events = await world.listen()
  await Promise.all(devices.map((deviceId) => world.tell(heard(deviceId, 1, { deviceId }))))
  await untilAll(devices, '0', () => true)
  await world.set({ acceptSeconds: 600 })
  await events.untilCase(({ deviceId, level }) => devices.includes(deviceId) && level === 2)
  await kill()
  await restart()
  const all = await untilAll(devices, '0', ({ level }) => level > 1)
  for (const incident of all) expect(times(incident, 'escalated')).toBe(incident.level - 1)
})

test('a listener that comes back is sent what it missed, each case as it is now, and then goes on live', async () => {
  const [one = '', two = '', three = ''] = await lifts(3)
  const before = await world.listen()
  await world.tell(heard(one, 1, { deviceId: one }))
  await before.untilCase(({ deviceId }) => deviceId === one)
  before.close()
  await world.tell(heard(two, 1, { deviceId: two }))
  const other = await world.listen('dispatcher', '0')
  const { id } = await other.untilCase(({ deviceId }) => deviceId === two)
  await world.act('dispatcher', id, 'accept')

  const back = await world.listen('dispatcher', before.lastId)
  expect((await back.untilCase(({ deviceId }) => deviceId === two)).state).toBe('accepted')
  await world.tell(heard(three, 1, { deviceId: three }))
  await back.untilCase(({ deviceId }) => deviceId === three)
  // That its unit could not be told may be noted of the first case after the listener left.
  const others = back.seen.filter(({ incident }) => incident.deviceId !== one)
  expect(others.map(({ incident }) => incident.deviceId)).toEqual([two, three])
  const ids = [Number(before.lastId), ...back.seen.map((seen) => seen.id)]
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
})

test('NATS killed and back: the desk is unhealthy meanwhile, still answers, and takes what comes after', async () => {
  const [deviceId = ''] = await lifts(1)
  const events = await world.listen()
  await world.nats.process.stop('SIGKILL')
  expect((await world.call('dispatcher', 'GET', '/incidents')).status).toBe(200)
  await world.nats.process.start()
  await world.tell(heard(deviceId, 1, { deviceId }))
  await events.untilCase((incident) => incident.deviceId === deviceId)
  expect((await fetch(`${world.service.url}/healthz`)).status).toBe(200)
})

test('started while NATS is away, the desk shows its cases, refuses to decide, and goes on when NATS is back', async () => {
  const [deviceId = ''] = await lifts(1)
  const { body } = await world.report({ deviceId })
  await world.nats.process.stop('SIGKILL')
  await kill()
  const restarted = restart()
  const health = await retrying(() => fetch(`${world.service.url}/healthz`))
  expect(health.status).toBe(503)
  expect(((await health.json()) as { reasons: string[] }).reasons.join()).toContain('NATS')
  expect((await world.call('dispatcher', 'GET', `/incidents/${body.id}`)).body.state).toBe('assigned')
  expect((await world.act('dispatcher', body.id, 'accept')).status).toBe(503)
  await world.nats.process.start()
  await restarted
  expect((await world.act('dispatcher', body.id, 'accept')).status).toBe(200)
})

test('SIGTERM leaves a timeline that only grows, a page for each assignment and the author of each setting', async () => {
  await world.listen()
  await world.service.process.stop('SIGTERM')
  const folder = join(world.env.DATA_DIR ?? '', 'dispatch')
  const { db, close } = await openDatabase<Tables>({ folder, schema: 'dispatch', migrations })
  try {
    await expect(db.updateTable('timeline').set({ by: 'nobody' }).execute()).rejects.toThrow('only grows')
    await expect(db.deleteFrom('timeline').execute()).rejects.toThrow('only grows')

    const assigned = await db.selectFrom('timeline').selectAll().where('what', '=', 'assigned').execute()
    const notices = await db.selectFrom('notices').selectAll().where('about', '=', 'assigned').execute()
    const key = (caseId: string, unitId: unknown) => `${caseId} ${unitId}`
    expect(assigned.length).toBeGreaterThan(100)
    expect(notices.map(({ case_id, unit_id }) => key(case_id, unit_id)).toSorted()).toEqual(
      assigned.map(({ case_id, details }) => key(case_id, details.unitId)).toSorted(),
    )

    const settings = await db.selectFrom('settings').selectAll().orderBy('id').execute()
    expect(settings.length).toBeGreaterThan(1)
    expect(new Set(settings.map(({ by }) => by))).toEqual(new Set(['chen']))
  } finally {
    await close()
  }
})
