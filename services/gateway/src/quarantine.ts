import { type JetStreamClient, type NatsConnection, retrying } from '@lifeline/bus'
import {
  maxPayloadBytes,
  type QuarantineCut,
  type QuarantineRecord,
  quarantineSubject,
  type StatusRecord,
} from '@lifeline/contracts'
import { type BadPart, withoutIdentityNumbers, withoutPersonalData } from '@lifeline/protocols'
import type { Payload } from './intake.ts'

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
export type Origin = Pick<QuarantineRecord, 'topic' | 'kind' | 'deviceId' | 'account'>

/** Bytes as they may be kept, and what they lack. */
export interface Kept {
  readonly bytes: Buffer
  readonly cut: QuarantineCut
}

/**
 * A payload as it may be kept.
 * @param payloadBytes how many bytes were sent
 * @param personal names of further fields that may say who somebody is
 */
export function keptOf(payload: Buffer, payloadBytes: number, personal: readonly string[] = []): Kept {
  const taken = payload.subarray(0, maxPayloadBytes)
  const bytes = withoutPersonalData(taken, personal)
  if (payloadBytes > taken.length) return { bytes, cut: 'size' }
  return { bytes, cut: bytes.equals(taken) ? 'none' : 'privacy' }
}

/**
 * The record of one bad part.
 * @param whole what is kept of the payload that it is a part of; without it the part's own bytes are kept, where it has
 * some
 */
export function quarantineRecord(
  { reason, path, text, bytes: part }: BadPart,
  { topic, kind, deviceId, account }: Origin,
  { payload, payloadBytes }: Payload,
  receivedAt: number,
  cause: StatusRecord['cause'],
  whole?: Kept,
): QuarantineRecord {
  const own = part ?? (text === undefined ? undefined : Buffer.from(text))
  const shown = own === undefined ? keptOf(payload, payloadBytes) : keptOf(own, own.length)
  const { bytes, cut } = whole ?? (account === undefined ? shown : { ...shown, cut: 'part' })
  // A character takes at most four bytes, and a byte two digits.
  const beginning = shown.bytes.subarray(0, 4 * excerptCharacters)
  const excerpt = part === undefined ? beginning.toString() : beginning.toString('hex')
  return {
    source: 'gateway',
    kind,
    deviceId,
    topic,
    receivedAt,
    // It may name what was read.
    reason: withoutIdentityNumbers(reason),
    ...(path === undefined ? {} : { path }),
    excerpt: excerpt.slice(0, excerptCharacters).toWellFormed(),
    payload: bytes.toString('base64'),
    payloadBytes: whole === undefined ? (own?.length ?? payloadBytes) : payloadBytes,
    ...(account === undefined ? {} : { account }),
    // What was true at the moment only is not to be said again.
    cut: cut === 'none' && (cause === 'will' || /\/(status|command-ack)$/.test(topic)) ? 'moment' : cut,
  }
}
