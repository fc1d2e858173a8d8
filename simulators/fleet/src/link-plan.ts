import type { Credentials } from './credentials.ts'
import type { RegisteredDevice } from './registry-client.ts'

/** One MQTT connection to be made, and whose frames it carries. */
export interface PlannedLink {
  readonly clientId: string
  readonly username: string
  readonly password: string
  readonly carried: readonly RegisteredDevice[]
}

/**
 * Which connections a fleet makes: construction sites speak through their gateway's one, every other device has its
 * own. Devices that nobody can sign in for are left out.
 */
export function planLinks({ devices, gateways }: Credentials, registered: readonly RegisteredDevice[]): PlannedLink[] {
  const byId = new Map(registered.map((device) => [device.deviceId, device]))
  const links: PlannedLink[] = []
  const carried = new Set<string>()
  for (const { gatewayId, username, password, devices: behind } of gateways) {
    const those = behind.flatMap((id) => byId.get(id) ?? [])
    if (!those.some(({ kind }) => kind !== 'elevator')) continue
    links.push({ clientId: gatewayId, username, password, carried: those })
    for (const { deviceId } of those) carried.add(deviceId)
  }
  for (const { deviceId, username, password } of devices) {
    const device = byId.get(deviceId)
    if (device === undefined || carried.has(deviceId)) continue
    links.push({ clientId: deviceId, username, password, carried: [device] })
  }
  return links
}
