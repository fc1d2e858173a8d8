import { type LogRecord, streams, telemetrySubject } from '@lifeline/contracts'
import type { Bus } from './connect-bus.ts'
import { readStream } from './read-stream.ts'

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
  const place = { stream: streams.telemetry, subject: telemetrySubject(partition), fromSequence }
  for await (const message of readStream(bus, place, signal)) {
    yield { sequence: message.seq, records: message.json<LogRecord[]>(), pending: message.info.pending }
  }
}
