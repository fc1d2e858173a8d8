import { AckPolicy, type Consumer, DeliverPolicy } from 'nats'
import type { Bus } from './connect-bus.ts'

export interface DurableOptions {
  readonly stream: string
  readonly name: string
  /** Redelivered when not acknowledged by then, ms. */
  readonly ackWaitMs: number
  /** Most messages out without acknowledgement. */
  readonly maxAckPending: number
}

/** A consumer that remembers on the server what was acknowledged; made where it is missing. */
export async function durableConsumer(bus: Bus, options: DurableOptions): Promise<Consumer> {
  const manager = await bus.connection.jetstreamManager({ timeout: 1_000 })
  await manager.consumers.add(options.stream, {
    durable_name: options.name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: options.ackWaitMs * 1e6,
    max_ack_pending: options.maxAckPending,
  })
  return bus.connection.jetstream().consumers.get(options.stream, options.name)
}
