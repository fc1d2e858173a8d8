import { streams, telemetrySubject } from '@lifeline/contracts'
import {
  DiscardPolicy,
  type JetStreamManager,
  type NatsConnection,
  NatsError,
  RetentionPolicy,
  StorageType,
  StoreCompression,
  type StreamConfig,
} from 'nats'
import { retrying } from './retrying.ts'
import { serverFeatures } from './server-version.ts'

const day = 24 * 3600 * 1e9
const minute = 60 * 1e9

/** Thrown where a stream that stands already does not fit the configuration. */
export class StreamMismatchError extends Error {
  override readonly name = 'StreamMismatchError'
  readonly code = 'STREAM_MISMATCH'
}

/**
 * Makes what the log consists of where it is missing: the streams TELEMETRY, QUARANTINE, INCIDENTS and LINKAGE, all in
 * files.
 * A message is kept 31 days (rules are back-tested on the last month), incidents and quarantine a year.
 * Incidents are deduplicated by id over a day, which is longer than any replay from a snapshot reaches back.
 * @throws StreamMismatchError where the log was made with another number of partitions
 */
export async function openStreams(connection: NatsConnection, partitions: number): Promise<void> {
  const { streamCompression } = serverFeatures(connection)
  const manager = await retrying(() => connection.jetstreamManager())
  const base = {
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    // A full disk must stop the senders, not silently drop what was acknowledged.
    discard: DiscardPolicy.New,
    ...(streamCompression ? { compression: StoreCompression.S2 } : {}),
  }
  const subjects = Array.from({ length: partitions }, (_, partition) => telemetrySubject(partition))
  const telemetry = await ensure(manager, {
    ...base,
    name: streams.telemetry,
    subjects,
    max_age: 31 * day,
    duplicate_window: 2 * minute,
  })
  if (telemetry.subjects.length !== partitions) {
    throw new StreamMismatchError(
      `PARTITIONS is ${partitions}, but the log was made with ${telemetry.subjects.length}; the number is fixed then`,
    )
  }
  await ensure(manager, { ...base, name: streams.quarantine, subjects: ['quarantine.>'], max_age: 366 * day })
  await ensure(manager, {
    ...base,
    name: streams.incidents,
    subjects: ['incident.>'],
    max_age: 366 * day,
    duplicate_window: day,
  })
  await ensure(manager, {
    ...base,
    name: streams.linkage,
    subjects: ['linkage.>'],
    max_age: 366 * day,
    duplicate_window: day,
  })
}

async function ensure(
  manager: JetStreamManager,
  config: Partial<StreamConfig> & { name: string },
): Promise<StreamConfig> {
  return retrying(async () => {
    try {
      return (await manager.streams.info(config.name)).config
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    return (await manager.streams.add(config)).config
  })
}

function isMissing(error: unknown): boolean {
  return error instanceof NatsError && error.api_error?.code === 404
}
