import { randomUUID } from 'node:crypto'
import { type Bus, GroupCommit } from '@lifeline/bus'
import { type Equipment, type LogRecord, partitionOf, telemetrySubject } from '@lifeline/contracts'
import type { Changes } from './changes.ts'
import type { Published } from './published-bucket.ts'

/** The registry's pen in the log: each record goes to the partition of its site, in the order of the calls. */
export class EquipmentLog {
  readonly #bus: Bus
  readonly #partitions: number
  readonly #onRetry: (error: unknown) => void
  readonly #writer = `registry.${randomUUID()}`
  readonly #commits = new Map<number, GroupCommit>()

  constructor(bus: Bus, partitions: number, onRetry: (error: unknown) => void) {
    this.#bus = bus
    this.#partitions = partitions
    this.#onRetry = onRetry
  }

  /** Whether records of both sites are in one partition. */
  together(siteId: string, otherSiteId: string): boolean {
    return partitionOf(siteId, this.#partitions) === partitionOf(otherSiteId, this.#partitions)
  }

  /** Resolves when the record is stored. */
  append(siteId: string, record: LogRecord): Promise<void> {
    const commit = this.#commit(partitionOf(siteId, this.#partitions))
    return new Promise((done) => commit.add(JSON.stringify(record), done))
  }

  #commit(partition: number): GroupCommit {
    const known = this.#commits.get(partition)
    if (known !== undefined) return known
    const writer = `${this.#writer}.${partition}`
    const commit = new GroupCommit(this.#bus.connection, telemetrySubject(partition), writer, this.#onRetry)
    this.#commits.set(partition, commit)
    return commit
  }
}

/**
 * Writes what changed about devices into the log; resolves when all of it is stored.
 * @param told as it was told before
 */
export async function logChanges(
  log: EquipmentLog,
  { put, remove }: Changes<Equipment>,
  told: ReadonlyMap<string, Published<Equipment>>,
): Promise<void> {
  const receivedAt = Date.now()
  const removal = (deviceId: string, siteId: string) => log.append(siteId, { type: 'removal', receivedAt, deviceId })
  const written: Promise<void>[] = []
  for (const deviceId of remove) {
    const siteId = told.get(deviceId)?.value.siteId
    if (siteId !== undefined) written.push(removal(deviceId, siteId))
  }
  for (const [deviceId, equipment] of put) {
    const before = told.get(deviceId)?.value.siteId ?? equipment.siteId
    // Who reads the partition that it was in hears no more of it.
    if (!log.together(before, equipment.siteId)) written.push(removal(deviceId, before))
    written.push(log.append(equipment.siteId, { type: 'equipment', receivedAt, equipment }))
  }
  await Promise.all(written)
}
