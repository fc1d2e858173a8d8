import { buckets, type Equipment, partitionOf } from '@lifeline/contracts'
import { type ApiClient, eventually } from '@lifeline/test-support'
import { connect, type KV, type NatsConnection } from 'nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'
import { AcknowledgedLoad } from './acknowledged-load.ts'
import { incidentEvents } from './incident-log.ts'
import { storedFrames } from './influx-truth.ts'

const partitions = 8
const framesPerSecond = 500
const engines = ['engine-1', 'engine-2'] as const

let district: DemoDistrict
let nats: NatsConnection
let leases: KV
let load: AcknowledgedLoad
let desk: ApiClient

beforeAll(async () => {
  district = await startDemoDistrict({
    env: { PARTITIONS: String(partitions) },
    instances: { gateway: 2, engine: 2, historian: 2 },
  })
  desk = await district.api('administrator')
  load = new AcknowledgedLoad(district.mqttUrl)
  nats = await connect({ servers: district.launched.urls.nats })
  leases = await nats.jetstream().views.kv(buckets.leases)
}, 300_000)

afterAll(async () => {
  await nats?.close()
  await district?.remove()
})

/** The process that holds a partition, by the bucket. */
async function holderOf(partition: number): Promise<string | undefined> {
  const entry = await leases.get(String(partition))
  const { holder } = entry?.json<{ holder?: { name: string } }>() ?? {}
  return engines.find((name) => holder?.name.startsWith(`${name}-`))
}

/** Waits until each of `present` holds its fair share and all of them everything. */
const shared = (present: readonly string[]) =>
  eventually(
    `the partitions shared by ${present}`,
    async () => {
      const holders = await Promise.all(Array.from({ length: partitions }, (_, partition) => holderOf(partition)))
      const fair = present.every((name) => holders.filter((h) => h === name).length === partitions / present.length)
      return fair ? true : undefined
    },
    { withinMs: 90_000 },
  )

async function replaced(name: string): Promise<void> {
  const pid = district.launched.pids()[name] as number
  process.kill(pid, 'SIGKILL')
  await eventually(
    `a new ${name}`,
    async () => {
      const now = district.launched.pids()[name]
      return now === undefined || now === pid ? undefined : now
    },
    { withinMs: 60_000 },
  )
}

const told = (deviceId: string) =>
  eventually(
    `the entrapment in ${deviceId}`,
    async () => {
      const events = await incidentEvents(district.launched.urls.nats)
      return events.find(({ data }) => data.deviceId === deviceId && data.rule === 'entrapment')
    },
    { withinMs: 60_000 },
  )

test('two of each: an engine killed or paused while an entrapment runs out, a historian and a gateway killed under load: nothing lost, nothing doubled', async () => {
  const query = 'kind=elevator&limit=200'
  const approved = (await desk.get<{ items: Equipment[] }>(`/api/v1/devices?${query}`)).items.filter(
    ({ approvedForUse }) => approvedForUse,
  )
  await shared(engines)
  // Two lifts whose partitions are in different hands.
  const placed = await Promise.all(
    approved.map(async ({ deviceId, siteId }) => ({
      deviceId,
      holder: await holderOf(partitionOf(siteId, partitions)),
    })),
  )
  const [first, second] = engines.map((name) => placed.find(({ holder }) => holder === name)?.deviceId)
  if (first === undefined || second === undefined) throw new Error('one engine has no lift at all')
  for (const deviceId of [first, second]) {
    await desk.send('PUT', `/api/v1/devices/${deviceId}/settings`, { entrapment: { outsideZoneSeconds: 3 } })
  }
  const others = approved.map(({ deviceId }) => deviceId).filter((id) => id !== first && id !== second)
  const loaded = new Set([first, second, ...others.slice(0, 18)])
  await load.connect(district.credentials.devices.filter(({ deviceId }) => loaded.has(deviceId)))
  load.start(framesPerSecond)
  const flows = async () => {
    const before = load.acknowledgedCount
    await eventually('load acknowledged', async () => (load.acknowledgedCount > before + 500 ? true : undefined))
  }
  await flows()

  load.entrap(first)
  await flows()
  await district.launched.hold('engine-1', 'SIGKILL')
  const killedAt = performance.now()
  await told(first)
  console.log(
    `told ${((performance.now() - killedAt) / 1000).toFixed(1)} s after the kill of its engine, 3 s of it the wait`,
  )
  await shared(['engine-2'])
  district.launched.release('engine-1')
  await shared(engines)

  // A restart that took them back has moved them; whoever holds the second lift's partition now is paused.
  const site = approved.find(({ deviceId }) => deviceId === second)?.siteId as string
  const paused = (await holderOf(partitionOf(site, partitions))) as string
  const [other] = engines.filter((name) => name !== paused)
  const pid = district.launched.pids()[paused] as number
  load.entrap(second)
  await flows()
  process.kill(pid, 'SIGSTOP')
  await shared([other as string])
  await told(second)
  process.kill(pid, 'SIGCONT')
  await shared(engines)

  await replaced('historian-2')
  await replaced('gateway-1')
  await flows()
  await load.finish()

  const events = await incidentEvents(district.launched.urls.nats)
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  const entrapments = events.filter(({ type, data }) => type === 'incident.opened' && data.rule === 'entrapment')
  expect(entrapments.map(({ data }) => data.deviceId)).toEqual([first, second])
  for (const [deviceId, acknowledged] of load.acknowledged) {
    await eventually(`all acknowledged frames of ${deviceId} in InfluxDB`, async () => {
      const { distinct } = await storedFrames(district.launched.urls.influx, deviceId)
      return acknowledged.isSubsetOf(distinct) ? true : undefined
    })
    const { distinct, points } = await storedFrames(district.launched.urls.influx, deviceId)
    expect(points).toBe(distinct.size)
  }
  await eventually(
    'every instance healthy',
    async () => ((await fetch(`${district.url}/healthz`)).ok ? true : undefined),
    { withinMs: 60_000 },
  )
}, 600_000)
