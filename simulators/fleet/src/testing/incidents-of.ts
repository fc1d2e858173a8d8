import type { Frame, IncidentEvent } from '@lifeline/contracts'
import { PartitionFold } from '@lifeline/rules'
import type { RegisteredDevice } from '../registry-client.ts'

/** A frame and the device that sent it. */
export interface SentFrame {
  readonly deviceId: string
  readonly frame: Frame
}

/**
 * What the product's rules make of frames, each heard the moment it was taken, with a tick of the log every second.
 * Said are only those of the frames: that a device falls silent after the last is not.
 * @param until how long the log goes on ticking, ms since the Unix epoch
 */
export function incidentsOf(
  devices: readonly RegisteredDevice[],
  sent: readonly SentFrame[],
  until = 0,
): IncidentEvent[] {
  const fold = new PartitionFold()
  const byId = new Map(devices.map((device) => [device.deviceId, device]))
  const startTime = sent[0]?.frame.time ?? 0
  const told = fold.apply(devices.map((equipment) => ({ type: 'equipment', receivedAt: startTime, equipment })))
  let tick = startTime
  for (const { deviceId, frame } of sent) {
    for (; tick + 1_000 <= frame.time; tick += 1_000)
      told.push(...fold.apply([{ type: 'tick', receivedAt: tick + 1_000 }]))
    const { kind, siteId } = byId.get(deviceId) as RegisteredDevice
    told.push(...fold.apply([{ type: 'frame', kind, deviceId, siteId, receivedAt: frame.time, frame }]))
  }
  for (; tick < until; tick += 1_000) told.push(...fold.apply([{ type: 'tick', receivedAt: tick + 1_000 }]))
  return told.filter(({ data }) => data.rule !== 'offline' || until === 0)
}

/** The incidents in short, in order: `opened entrapment lift-1`. */
export function inShort(incidents: readonly IncidentEvent[]): string[] {
  return incidents.map(({ type, data }) => `${type.slice('incident.'.length)} ${data.rule} ${data.deviceId}`)
}
