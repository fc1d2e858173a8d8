import type { LineBatch, RefusedLine } from '@lifeline/history'
import { type DecodedMessage, decodeMessage } from './decode-message.ts'
import type { Entry } from './in-hand.ts'
import type { BadRecord } from './quarantine.ts'

/** Several messages of the log as one write to InfluxDB. */
export class LogBatch implements LineBatch {
  readonly entries: readonly Entry[]
  readonly text: string
  #decoded: readonly DecodedMessage[] | undefined

  constructor(entries: readonly Entry[]) {
    this.entries = entries
    this.text = entries.flatMap(({ text, lineCount }) => (lineCount === 0 ? [] : [text])).join('\n')
  }

  lines(): readonly string[] {
    return this.#decode().flatMap(({ lines }) => lines)
  }

  /** By message, what is not stored of it: what made no line, and what InfluxDB refused. */
  badRecords(refused: readonly RefusedLine[]): ReadonlyMap<Entry, readonly BadRecord[]> {
    const bad = new Map<Entry, BadRecord[]>(
      this.entries.map((entry) => [
        entry,
        entry.unstorable.map((one, i) => ({ ...one, mark: `u${i}`, message: entry.message })),
      ]),
    )
    if (refused.length === 0) return bad
    const byLine = this.#decode().flatMap(({ records }, e) =>
      records.map((record, i) => ({ record, e, mark: `l${i}` })),
    )
    for (const { index, reason } of refused) {
      const { record, e, mark } = at(byLine, index)
      const entry = at(this.entries, e)
      bad.get(entry)?.push({ mark, record, reason, message: entry.message })
    }
    return bad
  }

  /** Again, since keeping the records of each message for the rare refusal would cost more. */
  #decode(): readonly DecodedMessage[] {
    this.#decoded ??= this.entries.map(({ message }) => decodeMessage(message.data))
    return this.#decoded
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new RangeError(`no item ${index} of ${list.length}`)
  return item
}
