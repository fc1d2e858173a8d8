import type { EventRecord, FrameRecord, LogRecord } from '@lifeline/contracts'
import { lineOf, UnstorableRecordError } from '@lifeline/history'

/** What devices sent, by type of record. The gateway counts the same as received and committed. */
export interface RecordCounts {
  frame: number
  event: number
  status: number
}

export interface UnstorableRecord {
  /** undefined where the message itself is no list of records. */
  readonly record: unknown
  readonly reason: string
}

export interface DecodedMessage {
  readonly counts: Readonly<RecordCounts>
  /** One line for each of `records`. */
  readonly lines: readonly string[]
  readonly records: readonly (FrameRecord | EventRecord)[]
  readonly unstorable: readonly UnstorableRecord[]
}

const decoder = new TextDecoder()

/** A message of the log as lines for InfluxDB; ticks, status words and the registry's records make none. Never throws. */
export function decodeMessage(data: Uint8Array): DecodedMessage {
  const counts: RecordCounts = { frame: 0, event: 0, status: 0 }
  const lines: string[] = []
  const records: (FrameRecord | EventRecord)[] = []
  const unstorable: UnstorableRecord[] = []
  for (const record of recordsOf(data, unstorable)) {
    try {
      switch (record.type) {
        case 'frame':
        case 'event':
          counts[record.type]++
          lines.push(lineOf(record))
          records.push(record)
          break
        case 'status':
          counts.status++
          break
        default:
          if (typeof record.type !== 'string') throw new UnstorableRecordError('type is missing')
      }
    } catch (error) {
      unstorable.push({ record, reason: reasonOf(error) })
    }
  }
  return { counts, lines, records, unstorable }
}

function recordsOf(data: Uint8Array, unstorable: UnstorableRecord[]): readonly LogRecord[] {
  try {
    const value: unknown = JSON.parse(decoder.decode(data))
    if (Array.isArray(value)) return value
    unstorable.push({ record: undefined, reason: 'not a list of log records' })
  } catch (error) {
    unstorable.push({ record: undefined, reason: reasonOf(error) })
  }
  return []
}

/** A record may lack anything, so that making its line can fail in any way. */
function reasonOf(error: unknown): string {
  if (error instanceof UnstorableRecordError) return error.message
  return `not a log record: ${error instanceof Error ? error.message : String(error)}`
}
