import { type Bus, connectBus, mirrorBucket, openStreams } from '@lifeline/bus'
import { buckets, type Equipment, type SessionEnd, type Unit } from '@lifeline/contracts'
import type { EndedSessions, Health } from '@lifeline/service-kit'
import type { Directory } from './directory.ts'
import type { DispatchConfig } from './dispatch-config.ts'

/** Says to the other dispatch processes on the same database that something was committed. */
const changedSubject = 'dispatch.changed'

export interface NatsLink {
  readonly bus: Bus
  /** Tells the other processes to look for changes. */
  tellOthers(): void
}

/**
 * Connects to NATS and fills the directory; resolves when all that the registry has published is in it.
 * @param look called when another process has changed something
 */
export async function linkNats(
  config: DispatchConfig,
  health: Health,
  directory: Directory,
  endedSessions: EndedSessions,
  look: () => void,
  signal: AbortSignal,
): Promise<NatsLink> {
  health.report('directory', 'the devices and units have not been read from the registry yet')
  const bus = await connectBus(config.NATS_URL, 'dispatch', (reason) => health.report('nats', reason))
  const { connection } = bus
  await openStreams(connection, config.PARTITIONS)
  await Promise.all([
    mirrorBucket<Equipment>(bus, buckets.equipment, (id, value) => directory.setEquipment(id, value), signal),
    mirrorBucket<Unit>(bus, buckets.units, (id, value) => directory.setUnit(id, value), signal),
    mirrorBucket<SessionEnd>(bus, buckets.sessions, (_key, end) => end && endedSessions.add(end), signal),
  ])
  directory.complete = true
  health.report('directory', undefined)
  connection.subscribe(changedSubject, { callback: look })
  return {
    bus,
    tellOthers: () => {
      // Going down: the others look by themselves every so often.
      if (!connection.isClosed() && !connection.isDraining()) connection.publish(changedSubject)
    },
  }
}
