import { createHash, randomBytes } from 'node:crypto'
import { type Bus, type KV, openBucket } from '@lifeline/bus'
import { buckets, type Credential, type EquipmentOf } from '@lifeline/contracts'
import type { LoadAccount } from './load-client.ts'

const portion = 200

/** Registers lifts, four to a building, and gives each an account, as the registry does. */
export async function registerLifts(bus: Bus, lifts: number): Promise<LoadAccount[]> {
  const equipment = await openBucket(bus, buckets.equipment)
  const credentials = await openBucket(bus, buckets.credentials)
  const numbers = Array.from({ length: lifts }, (_, i) => i)
  return inPortions(numbers, async (i) => {
    const deviceId = `EL-${String(i + 1).padStart(4, '0')}`
    const siteId = `building-${Math.floor(i / 4) + 1}`
    await equipment.put(deviceId, JSON.stringify(lift(deviceId, siteId)))
    return openAccount(credentials, deviceId, siteId, [deviceId])
  })
}

/** As many at once as NATS answers in time. */
async function inPortions<T, R>(items: readonly T[], step: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < items.length; at += portion) {
    done.push(...(await Promise.all(items.slice(at, at + portion).map(step))))
  }
  return done
}

/** Registers a building of lifts behind one site gateway, which alone has an account. */
export async function registerSite(
  bus: Bus,
  siteId: string,
  lifts: number,
): Promise<{ readonly account: LoadAccount; readonly lifts: readonly EquipmentOf<'elevator'>[] }> {
  const equipment = await openBucket(bus, buckets.equipment)
  const there = Array.from({ length: lifts }, (_, i) => lift(`${siteId}-${i + 1}`, siteId))
  await inPortions(there, (it) => equipment.put(it.deviceId, JSON.stringify(it)))
  const ids = there.map(({ deviceId }) => deviceId)
  return {
    account: await openAccount(await openBucket(bus, buckets.credentials), `GW-${siteId}`, siteId, ids),
    lifts: there,
  }
}

async function openAccount(
  credentials: KV,
  username: string,
  siteId: string,
  devices: readonly string[],
): Promise<LoadAccount> {
  const password = randomBytes(18).toString('base64url')
  const salt = randomBytes(12).toString('hex')
  const secretHash = createHash('sha256')
    .update(salt + password)
    .digest('hex')
  const credential: Credential = { username, clientId: username, salt, secretHash, siteId, devices: [...devices] }
  await credentials.put(username, JSON.stringify(credential))
  return { clientId: username, username, password, topic: `v1/elevator/${devices[0]}/telemetry` }
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
