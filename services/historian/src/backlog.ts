import type { Bus } from '@lifeline/bus'
import { streams } from '@lifeline/contracts'
import { consumerName, type Historian } from './historian.ts'

/** Counts the device records that the log holds and that are not dealt with yet. */
export class Backlog {
  readonly #bus: Bus
  readonly #historian: Historian
  #messages = 0

  constructor(bus: Bus, historian: Historian) {
    this.#bus = bus
    this.#historian = historian
  }

  /** Exact for what is in hand and when nothing is left; messages that were not read here count as average ones. */
  async records(): Promise<number> {
    await this.#update()
    const { messagesInHand, recordsInHand, recordsPerMessage } = this.#historian
    return recordsInHand + Math.ceil(Math.max(0, this.#messages - messagesInHand) * recordsPerMessage)
  }

  async #update(): Promise<void> {
    try {
      const manager = await this.#bus.connection.jetstreamManager({ timeout: 1_000 })
      const { num_pending, num_ack_pending } = await manager.consumers.info(streams.telemetry, consumerName)
      this.#messages = num_pending + num_ack_pending
    } catch {
      // With NATS away nothing is added and nothing can be acknowledged: what was known still holds.
    }
  }
}
