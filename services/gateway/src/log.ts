import { GroupCommit, type NatsConnection } from '@lifeline/bus'
import { type TickRecord, telemetrySubject } from '@lifeline/contracts'

/** Milliseconds between two ticks of a partition. */
const tickMs = 250

/** The stream TELEMETRY as the gateway writes it: each partition in arrival order, and a tick into each four times a second. */
export class Log {
  readonly #partitions: readonly { readonly commit: GroupCommit; ticking: boolean }[]
  #timer: NodeJS.Timeout | undefined

  /**
   * @param writer unique to this process's life
   * @param onRetry hears of each failed try to store
   */
  constructor(connection: NatsConnection, partitions: number, writer: string, onRetry: (error: unknown) => void) {
    this.#partitions = Array.from({ length: partitions }, (_, partition) => ({
      commit: new GroupCommit(connection, telemetrySubject(partition), `${writer}.${partition}`, onRetry),
      ticking: false,
    }))
  }

  /**
   * @param records JSON of one record, or of several with commas between; not to be changed any more
   * @throws RangeError where there is no such partition
   */
  append(partition: number, records: Buffer, stored: () => void): void {
    const target = this.#partitions[partition]
    if (target === undefined) throw new RangeError(`no partition ${partition}`)
    target.commit.add(records, stored)
  }

  startTicks(): void {
    this.#timer = setInterval(() => this.#tick(), tickMs)
  }

  stopTicks(): void {
    clearInterval(this.#timer)
  }

  /** One tick at a time: while NATS is away, time stands still in the log rather than piling up here. */
  #tick(): void {
    const record = JSON.stringify({ type: 'tick', receivedAt: Date.now() } satisfies TickRecord)
    for (const partition of this.#partitions) {
      if (partition.ticking) continue
      partition.ticking = true
      partition.commit.add(record, () => {
        partition.ticking = false
      })
    }
  }
}
