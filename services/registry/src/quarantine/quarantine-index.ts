import { type Bus, type JsMsg, readStream, retrying } from '@lifeline/bus'
import { type QuarantineRecord, streams } from '@lifeline/contracts'
import type { Insertable } from 'kysely'
import type { RegistryDb } from '../database/registry-db.ts'
import type { QuarantineTable } from '../database/tables.ts'

const rowsAtOnce = 100
const forgetEveryMs = 3_600_000

/**
 * Keeps the table `quarantine` as the stream QUARANTINE is: a row for each record, as long as the stream keeps it. The
 * place in the stream is the row's id, so that a start goes on behind the last row.
 */
export class QuarantineIndex {
  readonly #db: RegistryDb
  readonly #bus: Bus
  readonly #onTrouble: (error: unknown) => void
  readonly #ending = new AbortController()
  #timer: NodeJS.Timeout | undefined

  /** @param onTrouble hears of each failed try */
  constructor(db: RegistryDb, bus: Bus, onTrouble: (error: unknown) => void) {
    this.#db = db
    this.#bus = bus
    this.#onTrouble = onTrouble
  }

  /** Follows the stream from now on. */
  start(): void {
    this.#timer = setInterval(() => void this.#forgetOld(), forgetEveryMs)
    void this.#follow().catch((error: unknown) => {
      if (!this.#ending.signal.aborted) throw error
    })
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#ending.abort()
  }

  async #follow(): Promise<void> {
    const { signal } = this.#ending
    const fromSequence = await this.#trying(() => this.#begin())
    let rows: Insertable<QuarantineTable>[] = []
    for await (const message of readStream(this.#bus, { stream: streams.quarantine, fromSequence }, signal)) {
      rows.push(rowOf(message))
      if (rows.length < rowsAtOnce && message.info.pending > 0) continue
      const batch = rows
      rows = []
      await this.#trying(() =>
        this.#db
          .insertInto('quarantine')
          .values(batch)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
    }
  }

  /** Where to go on. What is not of this stream goes: it has been begun anew, or has let go of its oldest. */
  async #begin(): Promise<number> {
    const { first_seq, last_seq } = await this.#stream()
    await this.#db
      .deleteFrom('quarantine')
      .where((row) => row.or([row('id', '<', first_seq), row('id', '>', last_seq)]))
      .execute()
    const { last } = await this.#db
      .selectFrom('quarantine')
      .select((row) => row.fn.max<number | null>('id').as('last'))
      .executeTakeFirstOrThrow()
    return (last ?? 0) + 1
  }

  async #forgetOld(): Promise<void> {
    try {
      const { first_seq } = await this.#stream()
      await this.#db.deleteFrom('quarantine').where('id', '<', first_seq).execute()
    } catch (error) {
      // The next hour does it too.
      this.#onTrouble(error)
    }
  }

  async #stream(): Promise<{ first_seq: number; last_seq: number }> {
    const manager = await this.#bus.connection.jetstreamManager()
    return (await manager.streams.info(streams.quarantine)).state
  }

  #trying<T>(step: () => Promise<T>): Promise<T> {
    return retrying(step, { signal: this.#ending.signal, onError: this.#onTrouble })
  }
}

/** PostgreSQL has no NUL in a text. */
const text = (value: string): string => value.replaceAll('\0', '�')

function rowOf(message: JsMsg): Insertable<QuarantineTable> {
  const record = message.json<QuarantineRecord>()
  return {
    id: message.seq,
    source: record.source,
    kind: record.kind,
    device_id: record.deviceId,
    topic: text(record.topic),
    received_at: record.receivedAt,
    reason: text(record.reason),
    path: record.path === undefined ? null : text(record.path),
    excerpt: text(record.excerpt),
    payload_bytes: record.payloadBytes,
    cut: record.cut ?? null,
    tried_at: null,
    tried_by: null,
    failure: null,
    stored: null,
  }
}
