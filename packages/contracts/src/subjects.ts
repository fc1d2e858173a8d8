import type { Kind } from './identifiers.ts'
import type { RuleName } from './incident.ts'

export const streams = {
  telemetry: 'TELEMETRY',
  quarantine: 'QUARANTINE',
  incidents: 'INCIDENTS',
  /** What other services (fire, medical, the bureau) are asked; `linkageSubject`. */
  linkage: 'LINKAGE',
} as const
export const buckets = {
  equipment: 'equipment',
  units: 'units',
  credentials: 'credentials',
  /** Commands on their way to devices. */
  commands: 'commands',
  /** What ends sessions before their time: `SessionEnd` by whatever key. */
  sessions: 'sessions',
  /** Key `candidate`: the settings that engines try beside those in force. */
  shadow: 'shadow',
  /** Who of the engines is there: key its name; each writes its own twice a second. */
  engines: 'engines',
  /** Which engine folds a partition, and where the partition's snapshot is: key the partition. */
  leases: 'engine-leases',
} as const
/** An engine's word in `buckets.engines` goes by itself after that, ms. */
export const engineKeptMs = 60_000
export const shadowKey = 'candidate'
/** JetStream object store with the engines' snapshots; `buckets.leases` says which of them counts. */
export const snapshotStore = 'engine-snapshots'

export const telemetrySubject = (partition: number): string => `telemetry.${partition}`
export const quarantineSubject = (kind: Kind | 'unknown', deviceId: string): string => `quarantine.${kind}.${deviceId}`
export const incidentSubject = (kind: Kind, rule: RuleName, deviceId: string): string =>
  `incident.${kind}.${rule}.${deviceId}`
/** Core NATS: an incident that only one of two runs saw, with the settings in force or with the candidate's. */
export const shadowSubject = (kind: Kind, rule: RuleName, deviceId: string): string =>
  `shadow.${kind}.${rule}.${deviceId}`
/** Request: JSON array of device ids. Reply: `Presence` by device id, of those the partition's engine knows. */
export const presenceSubject = (partition: number): string => `engine.presence.${partition}`

export interface Presence {
  /** It is heard, be it rubbish that it sends. */
  readonly online: boolean
  /** When something of it was understood last; ms since the Unix epoch, gateway clock. */
  readonly lastSeenAt?: number
  /** The same of frames and events alone. */
  readonly lastFrameAt?: number
}

/**
 * The partition of a site: all devices of a site meet in one, since lifts share a power feed and cranes can hit
 * each other. FNV-1a over the UTF-16 units of the id.
 */
export function partitionOf(siteId: string, partitions: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < siteId.length; i++) hash = Math.imul(hash ^ siteId.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % partitions
}
