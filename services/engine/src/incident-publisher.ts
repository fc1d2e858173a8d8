import { type Bus, type Lease, LeaseLostError, retrying } from '@lifeline/bus'
import { type IncidentEvent, incidentSubject } from '@lifeline/contracts'

/**
 * Sends incidents in the order they were found. One is on its way at a time, so that a retry never overtakes; its id
 * is the Msg-Id, so that the stream keeps one of those that a replay or a second engine sends again. Whoever lost the
 * partition sends nothing more: the next holder finds what was left, since no snapshot reaches beyond it.
 */
export class IncidentPublisher {
  readonly #bus: Bus
  readonly #lease: Pick<Lease, 'sure' | 'lost'>
  readonly #onRetry: (error: unknown) => void
  #last: Promise<void> = Promise.resolve()

  constructor(bus: Bus, lease: Pick<Lease, 'sure' | 'lost'>, onRetry: (error: unknown) => void) {
    this.#bus = bus
    this.#lease = lease
    this.#onRetry = onRetry
  }

  publish(events: readonly IncidentEvent[]): void {
    for (const event of events) this.#last = this.#last.then(() => this.#send(event))
  }

  /** Resolves when all that was handed over so far is in the stream, or the lease is lost. */
  settled(): Promise<void> {
    return this.#last
  }

  async #send(event: IncidentEvent): Promise<void> {
    const { kind, rule, deviceId } = event.data
    const subject = incidentSubject(kind, rule, deviceId)
    const payload = JSON.stringify(event)
    const jetstream = this.#bus.connection.jetstream({ timeout: 1_000 })
    const publish = async (): Promise<void> => {
      await this.#lease.sure()
      await jetstream.publish(subject, payload, { msgID: event.id })
    }
    const { lost } = this.#lease
    try {
      const giveUp = (error: unknown): boolean => error instanceof LeaseLostError
      await retrying(publish, { onError: this.#onRetry, signal: lost, giveUp })
    } catch (error) {
      if (!lost.aborted) throw error
    }
  }
}
