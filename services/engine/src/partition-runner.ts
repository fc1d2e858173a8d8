import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Bus, type Lease, readLog, retrying, SnapshotLostError, type SnapshotStore } from '@lifeline/bus'
import { type IncidentEvent, streams } from '@lifeline/contracts'
import { type CandidateSettings, PartitionFold } from '@lifeline/rules'
import { IncidentPublisher } from './incident-publisher.ts'
import { PartitionSnapshots, type Snapshot } from './partition-snapshots.ts'
import { registeredDevices } from './registered-devices.ts'
import { type ShadowFinding, ShadowRun } from './shadow-run.ts'

/** Devices of a snapshot that are written in one turn of the event loop: part of a millisecond. */
const devicesPerTurn = 25

export interface RunnerOptions {
  readonly bus: Bus
  /** Of the partition: what is found is told only while it is held. */
  readonly lease: Lease
  readonly snapshots: SnapshotStore
  readonly snapshotEveryMs: number
  readonly onIncidents: (events: readonly IncidentEvent[]) => void
  /** Hears what a candidate makes of the log otherwise than the settings in force. */
  readonly onShadow: (findings: readonly ShadowFinding[]) => void
  /** Told when something has to be tried again. */
  readonly onRetry: (error: unknown) => void
  /** Hears after each message how many are stored and not read yet. */
  readonly onProgress: (records: number, pending: number) => void
}

/**
 * Folds one partition's log from its last snapshot on. A snapshot is saved only when every incident up to it is in
 * the stream: after a kill at any moment the replay finds the same incidents again, under the same ids.
 */
export class PartitionRunner {
  readonly #options: RunnerOptions
  readonly #ending = new AbortController()
  readonly #publisher: IncidentPublisher
  readonly #snapshots: PartitionSnapshots
  #shadow: ShadowRun | undefined
  #fold = new PartitionFold()
  #sequence = 0
  #savedSequence = 0
  #saving: Promise<void> = Promise.resolve()
  #readAt = performance.now()
  #reading: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(options: RunnerOptions) {
    this.#options = options
    this.#publisher = new IncidentPublisher(options.bus, options.lease, options.onRetry)
    this.#snapshots = new PartitionSnapshots(options.snapshots, options.lease)
  }

  /** How long nothing has come from the log, ms: it ticks four times a second. */
  get silentMs(): number {
    return performance.now() - this.#readAt
  }

  get fold(): PartitionFold {
    return this.#fold
  }

  /** From the next message on, tries a candidate beside the settings in force; an empty one ends the trial. */
  try(candidate: CandidateSettings): void {
    this.#shadow = Object.keys(candidate).length === 0 ? undefined : new ShadowRun(this.#fold, candidate)
  }

  /** Restores the snapshot and begins to read. */
  async start(): Promise<void> {
    await this.#restore()
    this.#readAt = performance.now()
    this.#reading = this.#read()
    // Not all partitions at once: what is judged waits a little while a snapshot is taken.
    const first = this.#options.snapshotEveryMs * Math.random()
    this.#timer = setTimeout(() => void this.#saveRegularly(), first)
  }

  /** Stops reading and, where the lease is not lost, leaves a snapshot of where it stopped. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#ending.abort()
    await this.#reading
    await this.#save()
  }

  async #restore(): Promise<void> {
    const { bus } = this.#options
    const snapshot = await this.#load()
    if (snapshot !== undefined && PartitionFold.reads(snapshot.fold)) {
      this.#fold = new PartitionFold(snapshot.fold)
      this.#sequence = this.#savedSequence = snapshot.sequence
      return
    }
    const manager = await retrying(() => bus.connection.jetstreamManager())
    const { state } = await retrying(() => manager.streams.info(streams.telemetry))
    // The log's beginning has aged away, and with it the records that said which devices there are.
    if (state.first_seq > 1) this.#fold.apply(await registeredDevices(bus))
  }

  /** Undefined also where there was one that nothing brings back: the log holds what it held. */
  async #load(): Promise<Snapshot | undefined> {
    const giveUp = (error: unknown): boolean => error instanceof SnapshotLostError
    try {
      return await retrying(() => this.#snapshots.load(), { giveUp, onError: this.#options.onRetry })
    } catch (error) {
      if (!giveUp(error)) throw error
      this.#options.onRetry(error)
      return undefined
    }
  }

  async #read(): Promise<void> {
    const { bus, lease, onIncidents, onShadow, onProgress } = this.#options
    const signal = AbortSignal.any([this.#ending.signal, lease.lost])
    for await (const message of readLog(bus, lease.item, this.#sequence + 1, signal)) {
      this.#readAt = performance.now()
      const events = this.#fold.apply(message.records)
      this.#sequence = message.sequence
      if (events.length > 0) {
        this.#publisher.publish(events)
        onIncidents(events)
      }
      if (this.#shadow !== undefined) onShadow(this.#shadow.apply(message.records, events))
      onProgress(message.records.length, message.pending)
    }
  }

  async #saveRegularly(): Promise<void> {
    try {
      await this.#save()
    } catch (error) {
      // The log still holds what the snapshot would; the next one is tried in its turn.
      this.#options.onRetry(error)
    }
    if (this.#ending.signal.aborted || this.#options.lease.lost.aborted) return
    this.#timer = setTimeout(() => void this.#saveRegularly(), this.#options.snapshotEveryMs)
  }

  /** One at a time. */
  #save(): Promise<void> {
    this.#saving = this.#saving.catch(() => {}).then(() => this.#saveNow())
    return this.#saving
  }

  async #saveNow(): Promise<void> {
    const { lost } = this.#options.lease
    const sequence = this.#sequence
    if (sequence === this.#savedSequence || lost.aborted) return
    const snapshot = this.#fold.beginSnapshot()
    // What the fold has told by now.
    const settled = this.#publisher.settled()
    while (!snapshot.write(devicesPerTurn)) await nextTurn()
    await settled
    if (lost.aborted) return
    await this.#snapshots.save(sequence, snapshot.parts())
    this.#savedSequence = sequence
  }
}
