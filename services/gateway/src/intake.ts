import { formatTopic, type QuarantineNotice, type StatusRecord } from '@lifeline/contracts'
import { type BadPart, type Decoded, nativeFormat, type Pseudonym } from '@lifeline/protocols'
import type { LogRoute, Route } from './directory.ts'
import type { Log } from './log.ts'
import { type Kept, type Quarantine, quarantineRecord } from './quarantine.ts'
import { RecordBytes } from './record-bytes.ts'
import { count, type Tally } from './tally.ts'
import { UnreadableReports } from './unreadable-reports.ts'

/** Bad frames of one payload that the device is told of singly. */
const maxNotices = 20
/** Bytes that a record has beside its frame, about. */
const recordRoom = 160

/** Sends a message to whoever has subscribed to its topic. */
export type Tell = (topic: string, payload: string | Buffer, options: { readonly retain: boolean }) => void

export interface Payload {
  /** At most the bytes that are taken. */
  readonly payload: Buffer
  /** How many were sent. */
  readonly payloadBytes: number
}

/** Where what belongs to no device goes: into quarantine under the account that sent it. */
export interface NoDevice {
  readonly kind: 'unknown'
  readonly deviceId: string
  readonly topic: string
  readonly account?: string
}

/** Whose a part of a payload is, and in a vendor's format the account that sent it. */
export type Target = (Route & { readonly account?: string }) | NoDevice

/** Takes payloads of devices apart and has each part stored: records in the log, the rest in quarantine. */
export class Intake {
  readonly log: Log
  readonly unreadable: UnreadableReports
  readonly #quarantine: Quarantine
  readonly #tally: Tally
  readonly #tell: Tell
  readonly #native: ReturnType<typeof nativeFormat>

  /** @param pseudonym what is stored of an operator's card */
  constructor(log: Log, quarantine: Quarantine, tally: Tally, tell: Tell, pseudonym: Pseudonym) {
    this.log = log
    this.unreadable = new UnreadableReports(log)
    this.#quarantine = quarantine
    this.#tally = tally
    this.#tell = tell
    this.#native = nativeFormat(pseudonym)
  }

  decode(route: LogRoute, payload: Payload): Decoded {
    return this.count(this.read(route, payload))
  }

  /** What a payload in the native format says; nothing is counted. */
  read(route: LogRoute, { payload, payloadBytes }: Payload): Decoded {
    return this.#native[route.channel](route.kind, payload, payloadBytes)
  }

  /** Counts what has come; to be done once for all that is stored. */
  count(decoded: Decoded): Decoded {
    this.#tally.received += decoded.records.length + decoded.bad.length
    this.#tally.unknownFields += decoded.unknownFields
    return decoded
  }

  /**
   * Has all parts of a payload stored.
   * @param whole what is kept with a bad part, where that is not the part itself
   * @param stored called when all of it is
   * @returns bytes that are kept until then
   */
  store(
    route: Target,
    decoded: Decoded,
    sent: Payload,
    receivedAt: number,
    cause: StatusRecord['cause'],
    stored: () => void,
    whole?: Kept,
  ): number {
    const { records, bad } = decoded
    let awaiting = bad.length + (records.length > 0 ? 1 : 0)
    const one = (): void => {
      if (--awaiting === 0) stored()
    }
    let bytes = 0
    if (records.length > 0 && route.kind !== 'unknown') {
      const collected = new RecordBytes(sent.payload.length + recordRoom * records.length)
      for (const part of records) collected.add(part, route, receivedAt, cause)
      bytes += collected.length
      this.log.append(route.partition, collected.bytes, () => {
        this.#tally.committed += records.length
        one()
      })
    }
    for (const [index, part] of bad.entries()) {
      const record = quarantineRecord(part, route, sent, receivedAt, cause, whole)
      if (route.kind !== 'unknown') this.unreadable.add(route, record.reason)
      bytes += record.payload.length
      this.#quarantine.add(record, () => {
        count(this.#tally.quarantined, part.badClass)
        if (route.kind !== 'unknown') this.#notify(route, record, index, bad)
        one()
      })
    }
    return bytes
  }

  /** Sends an answer that a device's format asks for. */
  answer(topic: string, payload: Buffer): void {
    this.#tell(topic, payload, { retain: false })
  }

  /** Tells subscribers of a status that is stored. */
  announce(route: Route, { payload }: Payload, retain: boolean): void {
    this.#tell(route.topic, payload.toString(), { retain })
  }

  #notify(route: Route, record: QuarantineNotice, index: number, bad: readonly BadPart[]): void {
    if (index > maxNotices) return
    const { receivedAt, path, excerpt } = record
    const rest = bad.length - maxNotices
    const reason = index < maxNotices ? record.reason : `${record.reason}; and ${rest - 1} more in this payload`
    const notice: QuarantineNotice = { receivedAt, reason, ...(path === undefined ? {} : { path }), excerpt }
    const topic = formatTopic({ kind: route.kind, deviceId: route.deviceId, channel: 'error' })
    this.#tell(topic, JSON.stringify(notice), { retain: false })
  }
}
