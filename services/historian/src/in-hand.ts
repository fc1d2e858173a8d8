import type { JsMsg } from '@lifeline/bus'
import type { RecordCounts, UnstorableRecord } from './decode-message.ts'

/** A message of the log that is not acknowledged yet. */
export interface Entry {
  readonly message: JsMsg
  readonly lineCount: number
  /** The lines with line ends between. */
  readonly text: string
  readonly counts: Readonly<RecordCounts>
  readonly unstorable: readonly UnstorableRecord[]
}

/** The messages that JetStream waits to have acknowledged; it is told in time that they are still worked on. */
export class InHand {
  readonly #entries = new Map<number, Entry>()
  readonly #intervalMs: number
  #older: ReadonlySet<number> = new Set()
  #timer: NodeJS.Timeout | undefined

  /** @param ackWaitMs after it JetStream takes an unacknowledged message for lost and delivers it again */
  constructor(ackWaitMs: number) {
    this.#intervalMs = ackWaitMs / 4
  }

  get messages(): number {
    return this.#entries.size
  }

  /** Device records in them. */
  get records(): number {
    let records = 0
    for (const { counts } of this.#entries.values()) records += counts.frame + counts.event + counts.status
    return records
  }

  start(): void {
    this.#timer = setInterval(() => this.#extend(), this.#intervalMs)
  }

  /** What is left is given back, so that whoever comes next has it at once. */
  stop(): void {
    clearInterval(this.#timer)
    for (const { message } of this.#entries.values()) message.nak()
    this.#entries.clear()
  }

  has(sequence: number): boolean {
    return this.#entries.has(sequence)
  }

  add(entry: Entry): void {
    this.#entries.set(entry.message.seq, entry)
  }

  remove(sequence: number): void {
    this.#entries.delete(sequence)
  }

  /** Only for those that were here the last time already: most are gone before it matters. */
  #extend(): void {
    for (const sequence of this.#older) this.#entries.get(sequence)?.message.working()
    this.#older = new Set(this.#entries.keys())
  }
}
