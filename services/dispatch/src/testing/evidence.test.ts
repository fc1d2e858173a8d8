import { GroupCommit, openBucket } from '@lifeline/bus'
import { buckets, type FrameRecord, telemetrySubject } from '@lifeline/contracts'
import { type ServiceProcess, serviceProcess, startInfluxServer, type TestServer } from '@lifeline/test-support'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Evidence } from '../evidence/evidence-store.ts'
import { DeskWorld } from './desk-world.ts'
import { heard, lift } from './lift-world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let world: DeskWorld
let influx: TestServer
let historian: ServiceProcess
/** The desk again, knowing where the historian is. */
let desk: ServiceProcess

beforeAll(async () => {
  world = await DeskWorld.start()
  influx = await startInfluxServer()
  historian = await serviceProcess('historian', { ...world.env, INFLUX_URL: influx.url })
  await world.service.process.stop('SIGTERM')
  desk = await serviceProcess('dispatch', { ...world.env, HISTORIAN_URL: historian.url })
  await desk.process.start()
})
afterAll(async () => {
  await desk?.process.stop('SIGKILL')
  await historian?.process.stop('SIGKILL')
  await world?.end()
  await influx?.remove()
})

test('the device’s curve is stored with the case once its window has closed, also where the historian was away', async () => {
  const start = Date.now() - 600_000
  const bucket = await openBucket(world.bus, buckets.equipment)
  await bucket.put(lift.deviceId, JSON.stringify(lift))
  const commit = new GroupCommit(world.bus.connection, telemetrySubject(0), 'test', () => undefined)
  const frames = Array.from({ length: 60 }, (_, second): FrameRecord => {
    const { kind, deviceId, siteId } = lift
    const frame = { time: start + second * 1000, seq: second, speed: second < 30 ? 1.75 : 0, door: 'closed' as const }
    return { type: 'frame', kind, deviceId, siteId, receivedAt: frame.time, frame }
  })
  await Promise.all(frames.map((frame) => new Promise<void>((done) => commit.add(JSON.stringify(frame), done))))

  const events = await world.listen('dispatcher', undefined, desk.url)
  const evidence = { fromTime: start + 10_000, toTime: start + 50_000 }
  await world.tell(heard('i', 1, { evidence }))
  const { id } = await events.untilCase(() => true)
  const kept = async () => {
    const answer = await world.call<Evidence>('dispatcher', 'GET', `/incidents/${id}/evidence`, undefined, desk.url)
    return answer.body
  }
  await vi.waitFor(async () => expect(await kept()).toMatchObject({ state: 'waiting', error: expect.any(String) }), {
    timeout: 60_000,
  })
  await historian.process.start()
  const stored = await vi.waitUntil(
    async () => {
      const now = await kept()
      return now.state === 'stored' ? now : undefined
    },
    { timeout: 120_000, interval: 200 },
  )
  expect(stored).toMatchObject(evidence)
  expect(Object.keys(stored.curve).toSorted()).toEqual(['door', 'speed'])
  expect(stored.curve.speed).toHaveLength(41)
  expect(stored.curve.speed?.[0]).toEqual([start + 10_000, 1.75])
  expect(stored.curve.speed?.at(-1)).toEqual([start + 50_000, 0])
})
