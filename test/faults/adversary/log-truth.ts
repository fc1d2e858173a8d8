import { type IncidentEvent, type LogRecord, partitionOf, streams } from '@lifeline/contracts'
import { PartitionFold } from '@lifeline/rules'
import { messagesOf } from '../incident-log.ts'
import { partitions } from './world.ts'

/** What the log holds, read past the product, and which incidents a fold of it gives that never was disturbed. */
export class LogTruth {
  /** `time/seq` by device, as far as read. */
  readonly frames = new Map<string, Set<string>>()
  /** Frames that stand in the log behind one that was sent later. */
  readonly disorder: string[] = []
  readonly #natsUrl: string
  readonly #folds = Array.from({ length: partitions }, () => new PartitionFold())
  readonly #expected: string[][] = Array.from({ length: partitions }, () => [])
  readonly #newest = new Map<string, number>()
  #sequence = 0
  #firstSequence: number | undefined

  constructor(natsUrl: string) {
    this.#natsUrl = natsUrl
  }

  /** Reads what has come since. */
  async read(): Promise<void> {
    for (const message of await messagesOf(this.#natsUrl, streams.telemetry, this.#sequence + 1)) {
      this.#firstSequence ??= message.seq
      this.#sequence = message.seq
      const records = message.json<LogRecord[]>()
      for (const record of records) this.#note(record)
      const partition = Number(message.subject.slice('telemetry.'.length))
      const events = this.#folds[partition]?.apply(records) ?? []
      this.#expected[partition]?.push(...events.map((event) => JSON.stringify(event)))
    }
  }

  /** Of the first message that was there to read; 1 where none was lost before. */
  get firstSequence(): number | undefined {
    return this.#firstSequence
  }

  /** How many incident events the log gives, as far as read. */
  get eventCount(): number {
    return this.#expected.reduce((sum, { length }) => sum + length, 0)
  }

  /**
   * Where INCIDENTS differs from what the log gives: in an event, in its order within a partition, in its bytes.
   * `events` may end earlier, never elsewhere.
   */
  differences(events: readonly IncidentEvent[]): string[] {
    const told: string[][] = Array.from({ length: partitions }, () => [])
    for (const event of events) told[partitionOf(event.data.siteId, partitions)]?.push(JSON.stringify(event))
    return told.flatMap((list, partition) => {
      const expected = this.#expected[partition] ?? []
      const at = list.findIndex((text, i) => text !== expected[i])
      return at < 0 ? [] : [`partition ${partition}, event ${at}: told ${list[at]}, the log gives ${expected[at]}`]
    })
  }

  #note(record: LogRecord): void {
    if (record.type !== 'frame') return
    const { deviceId, frame } = record
    const seq = frame.seq ?? 0
    const seen = this.frames.get(deviceId) ?? new Set()
    this.frames.set(deviceId, seen)
    const key = `${frame.time}/${seq}`
    // Sent again after a lost PUBACK it may stand anywhere.
    if (seen.has(key)) return
    seen.add(key)
    if (seq < (this.#newest.get(deviceId) ?? -1)) this.disorder.push(`${deviceId} ${key}`)
    this.#newest.set(deviceId, Math.max(seq, this.#newest.get(deviceId) ?? -1))
  }
}
