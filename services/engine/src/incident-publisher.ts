import { type Bus, retrying } from '@lifeline/bus'
import { type IncidentEvent, incidentSubject } from '@lifeline/contracts'

/**
 * Sends incidents in the order they were found. One is on its way at a time, so that a retry never overtakes; its id
 * is the Msg-Id, so that the stream keeps one of those that a replay sends again.
 */
export class IncidentPublisher {
  readonly #bus: Bus
  readonly #onRetry: (error: unknown) => void
  #last: Promise<void> = Promise.resolve()

  constructor(bus: Bus, onRetry: (error: unknown) => void) {
    this.#bus = bus
    this.#onRetry = onRetry
  }

  publish(events: readonly IncidentEvent[]): void {
    for (const event of events) this.#last = this.#last.then(() => this.#send(event))
  }

  /** Resolves when all that was handed over so far is in the stream. */
  settled(): Promise<void> {
    return this.#last
  }

  async #send(event: IncidentEvent): Promise<void> {
    const { kind, rule, deviceId } = event.data
    const subject = incidentSubject(kind, rule, deviceId)
    const payload = JSON.stringify(event)
    const jetstream = this.#bus.connection.jetstream({ timeout: 1_000 })
    await retrying(() => jetstream.publish(subject, payload, { msgID: event.id }), { onError: this.#onRetry })
  }
}
