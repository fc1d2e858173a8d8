import { type LogRecord, streams, telemetrySubject } from '@lifeline/contracts'
import { DeliverPolicy, ReplayPolicy } from 'nats'
import type { Bus } from './connect-bus.ts'
import { readMessages } from './read-messages.ts'

export interface LogMessage {
  /** Sequence in the stream TELEMETRY; gaps are other partitions' messages. */
  readonly sequence: number
  readonly records: readonly LogRecord[]
  /** Messages of the partition that are stored but not read yet. */
  readonly pending: number
}

/** The messages of one partition of the log from `fromSequence` on, each once and in order, without end. */
export async function* readLog(
  bus: Bus,
  partition: number,
  fromSequence: number,
  signal: AbortSignal,
): AsyncGenerator<LogMessage> {
  let next = fromSequence
  const open = () =>
    bus.connection.jetstream({ timeout: 1_000 }).consumers.get(streams.telemetry, {
      filterSubjects: telemetrySubject(partition),
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: next,
      replay_policy: ReplayPolicy.Instant,
    })
  for await (const message of readMessages(bus, open, { maxMessages: 1_000, signal })) {
    if (message.seq < next) continue
    next = message.seq + 1
    yield { sequence: message.seq, records: message.json<LogRecord[]>(), pending: message.info.pending }
  }
}
