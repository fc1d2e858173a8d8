import type { RescueCase } from '@lifeline/contracts'
import { type ApiClient, eventually } from '@lifeline/test-support'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'
import { AcknowledgedLoad } from './acknowledged-load.ts'
import { incidentEvents } from './incident-log.ts'
import { storedFrames } from './influx-truth.ts'

const victims = ['gateway', 'engine', 'historian', 'dispatch', 'nats-server', 'influxd'] as const
const framesPerSecond = 2_000

let district: DemoDistrict
let load: AcknowledgedLoad
let desk: ApiClient

beforeAll(async () => {
  district = await startDemoDistrict()
  desk = await district.api('administrator')
  load = new AcknowledgedLoad(district.mqttUrl)
}, 180_000)

afterAll(async () => district?.remove())

const healthy = () =>
  eventually(
    'every service healthy again',
    async () => ((await fetch(`${district.url}/healthz`)).ok ? true : undefined),
    { withinMs: 120_000 },
  )

const entrapments = async (deviceId: string): Promise<RescueCase[]> => {
  const query = `state=all&rule=entrapment&deviceId=${deviceId}`
  return (await desk.get<{ items: RescueCase[] }>(`/api/v1/incidents?${query}`)).items
}

test('a SIGKILL of each process in turn under load loses no acknowledged frame and no incident, and doubles none', async () => {
  const approved = (
    await desk.get<{ items: { deviceId: string; approvedForUse: boolean }[] }>(
      '/api/v1/devices?kind=elevator&limit=200',
    )
  ).items.filter(({ approvedForUse }) => approvedForUse)
  const lifts = district.credentials.devices.filter(({ deviceId }) =>
    approved.some((device) => device.deviceId === deviceId),
  )
  const [...entrapped] = lifts.slice(0, victims.length).map(({ deviceId }) => deviceId)
  for (const deviceId of entrapped) {
    // A short hold, so that the wait of each entrapment lies across the kill.
    await desk.send('PUT', `/api/v1/devices/${deviceId}/settings`, { entrapment: { outsideZoneSeconds: 3 } })
  }
  await load.connect(lifts.slice(0, 40))
  load.start(framesPerSecond)

  for (const [i, victim] of victims.entries()) {
    const deviceId = entrapped[i] as string
    load.entrap(deviceId)
    const before = load.acknowledgedCount
    await eventually('load acknowledged', async () => (load.acknowledgedCount > before + 2_000 ? true : undefined))
    const pid = district.launched.pids()[victim] as number
    process.kill(pid, 'SIGKILL')
    await eventually('a new process', async () => {
      const now = district.launched.pids()[victim]
      return now === undefined || now === pid ? undefined : now
    })
    await healthy()
    await eventually(
      `the entrapment told around the kill of ${victim}`,
      async () => {
        const cases = await entrapments(deviceId)
        return cases.length > 0 ? cases : undefined
      },
      { withinMs: 60_000 },
    )
  }
  await load.finish()

  expect(load.acknowledgedCount).toBeGreaterThan(framesPerSecond * 10)
  for (const [deviceId, acknowledged] of load.acknowledged) {
    await eventually(`all acknowledged frames of ${deviceId} in InfluxDB`, async () => {
      const { distinct } = await storedFrames(district.launched.urls.influx, deviceId)
      return acknowledged.isSubsetOf(distinct) ? true : undefined
    })
    const { distinct, points } = await storedFrames(district.launched.urls.influx, deviceId)
    expect(points).toBe(distinct.size)
  }

  const events = await incidentEvents(district.launched.urls.nats)
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  for (const deviceId of entrapped) {
    const opened = events.filter(
      ({ type, data }) => type === 'incident.opened' && data.deviceId === deviceId && data.rule === 'entrapment',
    )
    expect(opened).toHaveLength(1)
    expect(await entrapments(deviceId)).toHaveLength(1)
  }
  // Nobody else was trapped.
  const told = new Set(events.filter(({ data }) => data.rule === 'entrapment').map(({ data }) => data.deviceId))
  expect(told).toEqual(new Set(entrapped))
}, 600_000)
