import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type Bus, GroupCommit, type KV, openBucket } from '@lifeline/bus'
import {
  buckets,
  type Credential,
  type Equipment,
  type EquipmentOf,
  partitionOf,
  telemetrySubject,
} from '@lifeline/contracts'
import type { LoadAccount } from './load-client.ts'

/** Registers the maintenance unit of all these lifts. */
export async function registerUnit(bus: Bus): Promise<void> {
  const location = { lat: 29.6, lon: 106.2 }
  const unit = { id: 'unit-bench', name: '维保', kind: 'maintenance', phone: '023-1', location }
  await putAll(await openBucket(bus, buckets.units), [[unit.id, unit]])
}

/** Registers lifts, four to a building, and gives each an account, as the registry does. */
export async function registerLifts(bus: Bus, lifts: number): Promise<LoadAccount[]> {
  const equipment = await openBucket(bus, buckets.equipment)
  const credentials = await openBucket(bus, buckets.credentials)
  const there = benchLifts(lifts)
  await putAll(
    equipment,
    there.map((it) => [it.deviceId, it]),
  )
  const opened = there.map(({ deviceId, siteId }) => newAccount(deviceId, siteId, [deviceId]))
  await putAll(
    credentials,
    opened.map(({ credential }) => [credential.username, credential]),
  )
  return opened.map(({ account }) => account)
}

/** The first so many of the lifts that there are for benchmarks, four to a building. */
export function benchLifts(lifts: number): EquipmentOf<'elevator'>[] {
  return Array.from({ length: lifts }, (_, i) =>
    lift(`EL-${String(i + 1).padStart(4, '0')}`, `building-${Math.floor(i / 4) + 1}`),
  )
}

/** Tells the engine of equipment, as the registry does. */
export async function enterIntoLog(bus: Bus, partitions: number, equipment: readonly Equipment[]): Promise<void> {
  const commits = Array.from(
    { length: partitions },
    (_, partition) => new GroupCommit(bus.connection, telemetrySubject(partition), randomUUID(), () => undefined),
  )
  const written = equipment.map((one) => {
    const record = JSON.stringify({ type: 'equipment', receivedAt: Date.now(), equipment: one })
    const commit = commits[partitionOf(one.siteId, partitions)] as GroupCommit
    return new Promise<void>((done) => commit.add(record, done))
  })
  await Promise.all(written)
}

/** As many at once as NATS answers in time. */
async function putAll(bucket: KV, entries: readonly (readonly [key: string, value: object])[]): Promise<void> {
  for (let at = 0; at < entries.length; at += 200) {
    await Promise.all(entries.slice(at, at + 200).map(([key, value]) => bucket.put(key, JSON.stringify(value))))
  }
}

/** Registers a building of lifts behind one site gateway, which alone has an account. */
export async function registerSite(
  bus: Bus,
  siteId: string,
  lifts: number,
): Promise<{ readonly account: LoadAccount; readonly lifts: readonly EquipmentOf<'elevator'>[] }> {
  const equipment = await openBucket(bus, buckets.equipment)
  const there = Array.from({ length: lifts }, (_, i) => lift(`${siteId}-${i + 1}`, siteId))
  await putAll(
    equipment,
    there.map((it) => [it.deviceId, it]),
  )
  const ids = there.map(({ deviceId }) => deviceId)
  const { account, credential } = newAccount(`GW-${siteId}`, siteId, ids)
  await putAll(await openBucket(bus, buckets.credentials), [[credential.username, credential]])
  return { account, lifts: there }
}

function newAccount(
  username: string,
  siteId: string,
  devices: readonly string[],
): { readonly account: LoadAccount; readonly credential: Credential } {
  const password = randomBytes(18).toString('base64url')
  const salt = randomBytes(12).toString('hex')
  const secretHash = createHash('sha256')
    .update(salt + password)
    .digest('hex')
  const credential: Credential = { username, clientId: username, salt, secretHash, siteId, devices: [...devices] }
  const topic = `v1/elevator/${devices[0]}/telemetry`
  return { account: { clientId: username, username, password, topic }, credential }
}

const lift = (deviceId: string, siteId: string): EquipmentOf<'elevator'> => ({
  deviceId,
  kind: 'elevator',
  siteId,
  registrationCode: deviceId,
  address: siteId,
  location: { lat: 29.6, lon: 106.2 },
  rural: false,
  useUnit: 'bench',
  maintenanceUnit: 'unit-bench',
  approvedForUse: true,
  reportInterval: 10,
  operators: [],
  settings: {},
  parameters: { ratedLoad: 1_000, ratedSpeed: 1.75, travel: 72, floors: 24, installedOn: '2019-01-01' },
})
