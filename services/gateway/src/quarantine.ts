import { type JetStreamClient, type NatsConnection, retrying } from '@lifeline/bus'
import { maxPayloadBytes, type QuarantineRecord, quarantineSubject } from '@lifeline/contracts'
import { type BadPart, withoutPersonalData } from '@lifeline/protocols'

/** Records on their way to the stream at once; rubbish must not take the link from telemetry. */
const maxUnderWay = 16
const ackTimeoutMs = 2_000
const excerptCharacters = 200

/** The stream QUARANTINE: what could not be understood, with the reason. */
export class Quarantine {
  readonly #jetstream: JetStreamClient
  readonly #writer: string
  readonly #onRetry: (error: unknown) => void
  readonly #waiting: { readonly record: QuarantineRecord; readonly stored: () => void }[] = []
  #underWay = 0
  #count = 0

  /**
   * @param writer unique to this process's life
   * @param onRetry hears of each failed try to store
   */
  constructor(connection: NatsConnection, writer: string, onRetry: (error: unknown) => void) {
    this.#jetstream = connection.jetstream({ timeout: ackTimeoutMs })
    this.#writer = writer
    this.#onRetry = onRetry
  }

  /** Calls `stored` once when the record is in the stream. */
  add(record: QuarantineRecord, stored: () => void): void {
    this.#waiting.push({ record, stored })
    if (this.#underWay < maxUnderWay) void this.#work()
  }

  async #work(): Promise<void> {
    this.#underWay++
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const { record, stored } = next
      const subject = quarantineSubject(record.kind, record.deviceId)
      const body = JSON.stringify(record)
      const msgID = `${this.#writer}.q.${++this.#count}`
      await retrying(() => this.#jetstream.publish(subject, body, { msgID }), { onError: this.#onRetry })
      stored()
    }
    this.#underWay--
  }
}

/** Where a bad part came from: as much of a route as is known of it. */
export type Origin = Pick<QuarantineRecord, 'topic' | 'kind' | 'deviceId'>

/**
 * The record of one bad part: its own bytes where it is one of many, else the payload's; either without what may be
 * personal in it.
 */
export function quarantineRecord(
  { reason, path, text, bytes: part }: BadPart,
  { topic, kind, deviceId }: Origin,
  payload: Buffer,
  payloadBytes: number,
  receivedAt: number,
): QuarantineRecord {
  const own = part ?? (text === undefined ? undefined : Buffer.from(text))
  const bytes = withoutPersonalData((own ?? payload).subarray(0, maxPayloadBytes))
  // A character takes at most four bytes, and a byte two digits.
  const beginning = bytes.subarray(0, 4 * excerptCharacters)
  const excerpt = part === undefined ? beginning.toString() : beginning.toString('hex')
  return {
    source: 'gateway',
    kind,
    deviceId,
    topic,
    receivedAt,
    reason,
    ...(path === undefined ? {} : { path }),
    excerpt: excerpt.slice(0, excerptCharacters).toWellFormed(),
    payload: bytes.toString('base64'),
    payloadBytes: own?.length ?? payloadBytes,
  }
}
