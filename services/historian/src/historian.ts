import { type Bus, durableConsumer, type JsMsg, readMessages } from '@lifeline/bus'
import { streams } from '@lifeline/contracts'
import type { LineWriter } from '@lifeline/history'
import { BatchQueue } from './batch-queue.ts'
import { decodeMessage, type RecordCounts } from './decode-message.ts'
import { type Entry, InHand } from './in-hand.ts'
import { LogBatch } from './log-batch.ts'
import { type BadRecord, quarantine } from './quarantine.ts'
import { RecentMessages } from './recent-messages.ts'

export const consumerName = 'historian'

/** Short, so that what a killed historian held is soon delivered to the next one. */
const defaultAckWaitMs = 10_000
/** Messages of up to 384 KiB each, all of them in memory while InfluxDB is away. */
const maxInHand = 1_024
const limits = { lines: 8_000, entries: maxInHand / 2, lingerMs: 100 }
/** While InfluxDB works on one request the other one is sent and parsed. */
const writers = 2
/** How long a stop waits for requests under way. */
const graceMs = 2_000

export interface HistorianOptions {
  readonly bus: Bus
  readonly writer: LineWriter
  /** A message is dealt with. */
  readonly onSettled: (counts: Entry['counts'], unstorable: number) => void
  readonly onQuarantined: (bad: readonly BadRecord[]) => void
  readonly onRetry: (error: unknown) => void
  /** After it JetStream takes a message for lost that it heard nothing of. */
  readonly ackWaitMs?: number
}

/**
 * Carries the log into InfluxDB. A message is acknowledged to JetStream when InfluxDB has confirmed each line of it and
 * QUARANTINE the rest; until then it is held, through any outage. Several historians may share the work.
 */
export class Historian {
  readonly #options: HistorianOptions
  readonly #queue = new BatchQueue<Entry>(limits)
  readonly #ackWaitMs: number
  readonly #inHand: InHand
  readonly #settled = new RecentMessages(65_536)
  readonly #reading = new AbortController()
  readonly #writing = new AbortController()
  #running: Promise<unknown> = Promise.resolve()
  #recordsPerMessage = 1

  constructor(options: HistorianOptions) {
    this.#options = options
    this.#ackWaitMs = options.ackWaitMs ?? defaultAckWaitMs
    this.#inHand = new InHand(this.#ackWaitMs)
  }

  /** Device records taken from the log and not dealt with yet. */
  get recordsInHand(): number {
    return this.#inHand.records
  }

  get messagesInHand(): number {
    return this.#inHand.messages
  }

  /** A running mean. */
  get recordsPerMessage(): number {
    return this.#recordsPerMessage
  }

  start(): void {
    this.#inHand.start()
    this.#running = Promise.all([this.#read(), ...Array.from({ length: writers }, () => this.#write())])
  }

  async stop(): Promise<void> {
    this.#reading.abort()
    this.#queue.close()
    const timer = setTimeout(() => this.#writing.abort(), graceMs)
    await this.#running
    clearTimeout(timer)
    this.#inHand.stop()
  }

  async #read(): Promise<void> {
    const { bus } = this.#options
    const options = {
      stream: streams.telemetry,
      name: consumerName,
      ackWaitMs: this.#ackWaitMs,
      maxAckPending: maxInHand,
    }
    const { signal } = this.#reading
    const open = () => durableConsumer(bus, options)
    for await (const message of readMessages(bus, open, { maxMessages: 256, signal })) this.#take(message)
  }

  #take(message: JsMsg): void {
    // Its acknowledgement was lost with the link or the server.
    if (this.#settled.has(message)) message.ack()
    else if (!this.#inHand.has(message.seq)) this.#hold(message)
  }

  #hold(message: JsMsg): void {
    const { counts, lines, unstorable } = decodeMessage(message.data)
    const records = counts.frame + counts.event + counts.status
    this.#recordsPerMessage += (records - this.#recordsPerMessage) / 100
    const entry: Entry = { message, lineCount: lines.length, text: lines.join('\n'), counts, unstorable }
    if (lines.length === 0 && unstorable.length === 0) {
      this.#settle(entry, [])
    } else {
      this.#inHand.add(entry)
      this.#queue.add(entry)
    }
  }

  async #write(): Promise<void> {
    for (let batch = await this.#queue.take(); batch.length > 0; batch = await this.#queue.take()) {
      try {
        await this.#store(batch)
      } catch (error) {
        if (!this.#writing.signal.aborted) throw error
        return
      }
    }
  }

  async #store(entries: readonly Entry[]): Promise<void> {
    const { bus, writer, onQuarantined, onRetry } = this.#options
    const { signal } = this.#writing
    const batch = new LogBatch(entries)
    const refused = batch.text === '' ? [] : await writer.store(batch, signal)
    const bad = batch.badRecords(refused)
    const all = [...bad.values()].flat()
    await quarantine(bus.connection, all, { signal, onRetry })
    if (all.length > 0) onQuarantined(all)
    for (const [entry, records] of bad) this.#settle(entry, records)
  }

  #settle(entry: Entry, bad: readonly BadRecord[]): void {
    const { message, counts } = entry
    message.ack()
    this.#settled.add(message)
    this.#inHand.remove(message.seq)
    this.#options.onSettled(storedCounts(counts, bad), bad.length)
  }
}

/** What was stored of `counts` where `bad` was not. */
function storedCounts(counts: Readonly<RecordCounts>, bad: readonly BadRecord[]): RecordCounts {
  const stored = { ...counts }
  for (const { record } of bad) {
    const { type } = (record ?? {}) as { readonly type?: unknown }
    if (type === 'frame' || type === 'event') stored[type]--
  }
  return stored
}
