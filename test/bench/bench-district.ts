import { createHash, randomBytes } from 'node:crypto'
import { type Bus, openBucket } from '@lifeline/bus'
import { buckets, type Credential, type Equipment } from '@lifeline/contracts'
import type { LoadAccount } from './load-client.ts'

/** Registers lifts, four to a building, and gives each an account, as the registry does. */
export async function registerLifts(bus: Bus, lifts: number): Promise<LoadAccount[]> {
  const [equipment, credentials] = [
    await openBucket(bus, buckets.equipment),
    await openBucket(bus, buckets.credentials),
  ]
  return Promise.all(
    Array.from({ length: lifts }, async (_, i) => {
      const deviceId = `EL-${String(i + 1).padStart(4, '0')}`
      const siteId = `building-${Math.floor(i / 4) + 1}`
      const password = randomBytes(18).toString('base64url')
      const salt = randomBytes(12).toString('hex')
      const secretHash = createHash('sha256')
        .update(salt + password)
        .digest('hex')
      await equipment.put(deviceId, JSON.stringify(lift(deviceId, siteId)))
      const credential: Credential = {
        username: deviceId,
        clientId: deviceId,
        salt,
        secretHash,
        siteId,
        devices: [deviceId],
      }
      await credentials.put(deviceId, JSON.stringify(credential))
      return { clientId: deviceId, username: deviceId, password, topic: `v1/elevator/${deviceId}/telemetry` }
    }),
  )
}

const lift = (deviceId: string, siteId: string): Equipment => ({
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
