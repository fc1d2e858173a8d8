import type { RescueCase } from '@lifeline/contracts'
import { type ServiceProcess, serviceProcess, type TestServer } from '@lifeline/test-support'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { DeskWorld } from './desk-world.ts'
import { heard } from './lift-world.ts'
import { hasPostgres, startPostgres } from './postgres-server.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

describe.skipIf(!hasPostgres)('two dispatch processes on one PostgreSQL', () => {
  let postgres: TestServer
  let world: DeskWorld
  let other: ServiceProcess
  let round = 0

  beforeAll(async () => {
    postgres = await startPostgres()
    world = await DeskWorld.start({ DATABASE_URL: postgres.url })
    other = await serviceProcess('dispatch', world.env)
    await other.process.start()
  })
  afterAll(async () => {
    await other?.process.stop('SIGKILL')
    await world?.end()
    await postgres?.remove()
  })
  beforeEach(async () => {
    round++
    await world.set({ acceptSeconds: 180, arriveSeconds: 1800, ackSeconds: 60, callBackSeconds: 300 })
  })

  const times = ({ timeline }: RescueCase, wanted: string) => timeline.filter(({ what }) => what === wanted).length

  async function lifts(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, i) => `lift-${round}-${i}`)
    await Promise.all(ids.map((id) => world.addLift(id)))
    return ids
  }

  test('what one has changed is on the other’s stream', async () => {
    const [deviceId = ''] = await lifts(1)
    const events = await world.listen('dispatcher', undefined, other.url)
    const { body } = await world.report({ deviceId })
    expect(await events.untilCase(({ id }) => id === body.id)).toEqual(body)
  })

  test('calls about one lift taken by both at once are one case', async () => {
    for (const deviceId of await lifts(10)) {
      const both = await Promise.all([world.report({ deviceId }), world.report({ deviceId }, other.url)])
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 201])
      const [one, two] = both
      expect(one.body.id).toBe(two.body.id)
    }
  })

  test('both take from the engine’s stream, and no incident becomes two cases', async () => {
    const devices = await lifts(50)
    const events = await world.listen()
    const words = devices.flatMap((deviceId) => [
      heard(`${deviceId}.e`, 1, { deviceId }),
      heard(`${deviceId}.b`, 1, { deviceId, rule: 'alarm_button', severity: 'major' }),
    ])
    await Promise.all(words.map((word) => world.tell(word)))
    const cases = await events.until((seen) => {
      const mine = seen.map(({ incident }) => incident).filter(({ deviceId }) => devices.includes(deviceId))
      const latest = [...new Map(mine.map((incident) => [incident.id, incident])).values()]
      return latest.flatMap(({ incidentIds }) => incidentIds).length >= words.length ? latest : undefined
    })
    expect(cases).toHaveLength(devices.length)
    for (const incident of cases) expect([times(incident, 'joined'), times(incident, 'assigned')]).toEqual([1, 1])
  })

  test('clocks that are due together are taken once each, also when one process is killed among them', async () => {
    const devices = await lifts(60)
    await world.set({ acceptSeconds: 2 })
    const events = await world.listen('dispatcher', undefined, other.url)
    const newest = () => new Map(events.seen.map(({ incident }) => [incident.deviceId, incident]))
    const all = (fits: (incident: RescueCase) => boolean) =>
      events.until(() => {
        const mine = devices.flatMap((id) => newest().get(id) ?? [])
        return mine.length === devices.length && mine.every(fits) ? mine : undefined
      })
    await Promise.all(devices.map((deviceId) => world.tell(heard(deviceId, 1, { deviceId }))))
    await all(() => true)
    await world.set({ acceptSeconds: 600 })
    await events.untilCase(({ deviceId, level }) => devices.includes(deviceId) && level === 2)
    await world.service.process.stop('SIGKILL')
    const escalated = await all(({ level }) => level > 1)
    for (const incident of escalated) expect(times(incident, 'escalated')).toBe(incident.level - 1)
    await world.service.process.start()
  })

  test('the supervisor is told once of a case that nobody at the desk acted on, also when one process is killed', async () => {
    const [taken = '', ...devices] = await lifts(31)
    const events = await world.listen('dispatcher', undefined, other.url)
    await world.tell(heard(taken, 1, { deviceId: taken }))
    await events.untilCase(({ deviceId, deadlines }) => deviceId === taken && deadlines.ackBy !== undefined)
    // A crew is nobody at the desk.
    for (const as of ['maintenance', 'dispatcher'] as const) {
      const { body } = await world.call(as, 'POST', `/incidents/${taken}/note`, { text: '到' }, other.url)
      expect(body.deadlines.ackBy !== undefined).toBe(as === 'maintenance')
    }
    await world.set({ ackSeconds: 1 })
    await Promise.all(devices.map((deviceId) => world.tell(heard(deviceId, 1, { deviceId }))))
    const told = (one: RescueCase) => times(one, 'unacknowledged') > 0
    await events.untilCase((one) => devices.includes(one.deviceId) && told(one))
    await world.service.process.stop('SIGKILL')
    await events.until((seen) => {
      const newest = new Map(seen.map(({ incident }) => [incident.deviceId, incident]))
      return devices.every((id) => newest.has(id) && told(newest.get(id) as RescueCase)) ? true : undefined
    })
    await world.service.process.start()
    for (const deviceId of [taken, ...devices]) {
      const { body } = await world.call('dispatcher', 'GET', `/incidents/${deviceId}`)
      expect([times(body, 'unacknowledged'), body.deadlines.ackBy === undefined]).toEqual(
        deviceId === taken ? [0, true] : [1, false],
      )
    }
  })

  test('a call-back that is due is reminded of once, by one of the two', async () => {
    const devices = await lifts(30)
    await world.set({ callBackSeconds: 1, ackSeconds: 600 })
    const events = await world.listen('dispatcher', undefined, other.url)
    await Promise.all(devices.map((deviceId) => world.tell(heard(deviceId, 1, { deviceId }))))
    const reminded = await events.until((seen) => {
      const newest = new Map(seen.map(({ incident }) => [incident.deviceId, incident]))
      const mine = devices.flatMap((id) => newest.get(id) ?? [])
      return mine.length === devices.length && mine.every((one) => times(one, 'call_back_due') > 0) ? mine : undefined
    })
    for (const { id } of reminded) {
      const now = await world.call('dispatcher', 'GET', `/incidents/${id}`)
      expect(times(now.body, 'call_back_due')).toBe(1)
    }
  })
})
