import { setTimeout as delay } from 'node:timers/promises'
import { type Bus, retrying } from '@lifeline/bus'
import { buckets, type Credential, type Equipment, type Unit } from '@lifeline/contracts'
import { readCredentials } from '../accounts/credentials.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import { readKindSettings } from '../equipment/kind-settings.ts'
import { readEquipment } from '../equipment/read-equipment.ts'
import { allUnits } from '../equipment/units.ts'
import { changesOf } from './changes.ts'
import { type EquipmentLog, logChanges } from './equipment-log.ts'
import { openPublishedBucket, type PublishedBucket } from './published-bucket.ts'
import { toldEquipment } from './told-equipment.ts'

/** The log keeps a month; what is older than a week is written again, so that it always knows every device. */
const refreshAfterMs = 7 * 24 * 3_600_000
const refreshEveryMs = 6 * 3_600_000
/** How long a caller waits to hear that its change is published; later it will be all the same. */
const patienceMs = 2_000

export interface PublisherOptions {
  readonly bus: Bus
  readonly db: RegistryDb
  readonly log: EquipmentLog
  /** What is told of an operator's card. */
  readonly pseudonym: (token: string) => string
  /** Told of each failed try, and with undefined when a publication is complete. */
  readonly onProgress: (trouble: unknown) => void
}

/** What a change can have touched. */
export interface ChangedKeys {
  readonly deviceIds: readonly string[]
  /** Devices and gateways whose credential is another one, or allows other devices. */
  readonly usernames: readonly string[]
}

interface Told {
  readonly equipment: PublishedBucket<Equipment>
  readonly units: PublishedBucket<Unit>
  readonly credentials: PublishedBucket<Credential>
}

/**
 * Tells the others what the database says: devices into the log and the bucket `equipment`, units and credentials
 * into their buckets. What was told stands in the buckets; so a start compares and tells the difference. What a
 * SIGKILL cut off between a commit and its publication is made up for then, and nothing is told twice for nothing.
 */
export class Publisher {
  readonly #options: PublisherOptions
  readonly #told: Told
  readonly #ending = new AbortController()
  #last: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(options: PublisherOptions, told: Told) {
    this.#options = options
    this.#told = told
  }

  /** Publishes what is not yet; resolves when all is. */
  async start(): Promise<void> {
    await this.#publishNext()
    this.#timer = setInterval(() => void this.#publishNext(), refreshEveryMs)
  }

  /** Begins nothing more. What is left is told at the next start. */
  stop(): void {
    clearInterval(this.#timer)
    this.#ending.abort()
  }

  /**
   * After a committed change: resolves when it is published, or after two seconds.
   * @param scope what it can have touched; all where it is not given
   */
  async changed(scope?: ChangedKeys): Promise<void> {
    await Promise.race([this.#publishNext(scope), delay(patienceMs, undefined, { ref: false })])
  }

  /** After what was asked before, and again until it is done. */
  #publishNext(scope?: ChangedKeys): Promise<void> {
    const { onProgress: onError } = this.#options
    const { signal } = this.#ending
    this.#last = this.#last
      .then(() => retrying(() => this.#publish(scope), { signal, onError }))
      .catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    return this.#last
  }

  async #publish(scope?: ChangedKeys): Promise<void> {
    const { db, log, pseudonym, onProgress } = this.#options
    const { equipment, units, credentials } = this.#told
    const { signal } = this.#ending
    if (scope === undefined) {
      await units.apply(
        changesOf(
          byKey(await allUnits(db), ({ id }) => id),
          units.entries,
        ),
        signal,
      )
    }
    const kindSettings = await readKindSettings(db)
    const devices = changesOf(
      byKey(
        (await readEquipment(db, scope?.deviceIds)).map((it) => toldEquipment(it, kindSettings, pseudonym)),
        ({ deviceId }) => deviceId,
      ),
      only(equipment.entries, scope?.deviceIds),
      Date.now() - refreshAfterMs,
    )
    const access = changesOf(
      byKey(await readCredentials(db, scope?.usernames), ({ username }) => username),
      only(credentials.entries, scope?.usernames),
    )
    // Who may sign in must be a known device: it is told first and forgotten last.
    await credentials.apply({ put: [], remove: access.remove }, signal)
    await logChanges(log, devices, equipment.entries)
    await equipment.apply(devices, signal)
    await credentials.apply({ put: access.put, remove: [] }, signal)
    onProgress(undefined)
  }
}

const byKey = <T>(values: readonly T[], key: (value: T) => string): Map<string, T> =>
  new Map(values.map((value) => [key(value), value]))

function only<T>(entries: ReadonlyMap<string, T>, keys: readonly string[] | undefined): ReadonlyMap<string, T> {
  if (keys === undefined) return entries
  return new Map([...entries].filter(([key]) => keys.includes(key)))
}

/** A publisher that knows what was told before. Waits while NATS is away. */
export async function openPublisher(options: PublisherOptions): Promise<Publisher> {
  const { bus } = options
  return new Publisher(options, {
    equipment: await openPublishedBucket(bus, buckets.equipment),
    units: await openPublishedBucket(bus, buckets.units),
    credentials: await openPublishedBucket(bus, buckets.credentials),
  })
}
