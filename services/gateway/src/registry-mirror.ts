import { type Bus, mirrorBucket } from '@lifeline/bus'
import { buckets, type Credential } from '@lifeline/contracts'
import type { Logger } from '@lifeline/service-kit'
import { ZodError } from 'zod'
import type { Directory } from './directory.ts'

/**
 * Keeps the directory as the registry has it, from now on until `signal` aborts. Resolves when all that stood at the
 * start is known.
 * @param changed hears of each credential that was there before, with its user name
 */
export async function mirrorRegistry(
  bus: Bus,
  directory: Directory,
  changed: (previous: Credential) => void,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  /** What the registry wrote and cannot be read opens no door; the others are not to suffer for it. */
  const guarded = (bucket: string, key: string, apply: () => void): void => {
    try {
      apply()
    } catch (error) {
      if (!(error instanceof ZodError)) throw error
      logger.error({ err: error, bucket, key }, 'not as the contracts say: it counts as absent')
    }
  }
  await mirrorBucket<unknown>(
    bus,
    buckets.equipment,
    (deviceId, value) => guarded(buckets.equipment, deviceId, () => directory.setEquipment(deviceId, value)),
    signal,
  )
  await mirrorBucket<unknown>(
    bus,
    buckets.credentials,
    (username, value) => {
      const previous = directory.credential(username)
      guarded(buckets.credentials, username, () => directory.setCredential(username, value))
      if (previous !== undefined) changed(previous)
    },
    signal,
  )
}
