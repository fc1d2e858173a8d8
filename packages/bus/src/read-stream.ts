import { DeliverPolicy, type JsMsg, ReplayPolicy } from 'nats'
import type { Bus } from './connect-bus.ts'
import { readMessages } from './read-messages.ts'

export interface StreamPlace {
  readonly stream: string
  /** Only messages of this subject. */
  readonly subject?: string
  readonly fromSequence: number
}

/** The messages of a stream from a place on, each once and in order, without end. */
export async function* readStream(
  bus: Bus,
  { stream, subject, fromSequence }: StreamPlace,
  signal: AbortSignal,
): AsyncGenerator<JsMsg> {
  let next = fromSequence
  const open = () =>
    bus.connection.jetstream({ timeout: 1_000 }).consumers.get(stream, {
      ...(subject === undefined ? {} : { filterSubjects: subject }),
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: next,
      replay_policy: ReplayPolicy.Instant,
    })
  for await (const message of readMessages(bus, open, { maxMessages: 1_000, signal })) {
    if (message.seq < next) continue
    next = message.seq + 1
    yield message
  }
}
