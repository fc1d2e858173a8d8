import { type UnreadableRecord, unreadableEveryMs } from '@lifeline/contracts'
import type { Route } from './directory.ts'
import type { Log } from './log.ts'

const sweepMs = 1_000
const reasonCharacters = 200

type Sender = Pick<Route, 'kind' | 'deviceId' | 'siteId' | 'partition'>

/** What a device has sent since it was told of last. */
interface Untold {
  sender: Sender
  count: number
  reason: string
  /** Monotonic, ms. */
  toldAt: number
}

/**
 * Tells the log that a device is heard and not understood: at once, and then once in ten seconds however much comes,
 * so that a flood of rubbish is no flood behind the gateway.
 */
export class UnreadableReports {
  readonly #log: Log
  readonly #untold = new Map<string, Untold>()
  #timer: NodeJS.Timeout | undefined

  constructor(log: Log) {
    this.#log = log
  }

  start(): void {
    this.#timer = setInterval(() => this.#sweep(performance.now()), sweepMs)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** A payload, or a frame of one, was not understood. */
  add(sender: Sender, reason: string): void {
    const known = this.#untold.get(sender.deviceId)
    if (known === undefined) {
      const first = { sender, count: 1, reason, toldAt: 0 }
      this.#untold.set(sender.deviceId, first)
      this.#tell(first, performance.now())
      return
    }
    known.sender = sender
    known.count++
    known.reason = reason
  }

  #sweep(now: number): void {
    for (const [deviceId, untold] of this.#untold) {
      if (now - untold.toldAt < unreadableEveryMs) continue
      if (untold.count === 0) this.#untold.delete(deviceId)
      else this.#tell(untold, now)
    }
  }

  #tell(untold: Untold, now: number): void {
    const { sender, count, reason } = untold
    const { kind, deviceId, siteId, partition } = sender
    untold.count = 0
    untold.toldAt = now
    const record: UnreadableRecord = {
      type: 'unreadable',
      kind,
      deviceId,
      siteId,
      receivedAt: Date.now(),
      unreadable: { count, reason: reason.slice(0, reasonCharacters).toWellFormed() },
    }
    // One that is lost when the process ends is followed by the next.
    this.#log.append(partition, Buffer.from(JSON.stringify(record)), () => undefined)
  }
}
