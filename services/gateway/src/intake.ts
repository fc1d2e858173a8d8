import { formatTopic, type QuarantineNotice, type StatusRecord } from '@lifeline/contracts'
import { type BadPart, type Decoded, nativeFormat } from '@lifeline/protocols'
import type { Route } from './directory.ts'
import type { Log } from './log.ts'
import { type Quarantine, quarantineRecord } from './quarantine.ts'
import { RecordBytes } from './record-bytes.ts'
import { count, type Tally } from './tally.ts'

/** Bad frames of one payload that the device is told of singly. */
const maxNotices = 20
/** Bytes that a record has beside its frame, about. */
const recordRoom = 160

/** Sends a message to whoever has subscribed to its topic. */
export type Tell = (topic: string, payload: string, options: { readonly retain: boolean }) => void

export interface Payload {
  /** At most the bytes that are taken. */
  readonly payload: Buffer
  /** How many were sent. */
  readonly payloadBytes: number
}

/** Takes payloads of devices apart and has each part stored: records in the log, the rest in quarantine. */
export class Intake {
  readonly log: Log
  readonly #quarantine: Quarantine
  readonly #tally: Tally
  readonly #tell: Tell

  constructor(log: Log, quarantine: Quarantine, tally: Tally, tell: Tell) {
    this.log = log
    this.#quarantine = quarantine
    this.#tally = tally
    this.#tell = tell
  }

  decode(route: Route, { payload, payloadBytes }: Payload): Decoded {
    const decoded = nativeFormat[route.channel](route.kind, payload, payloadBytes)
    this.#tally.received += decoded.records.length + decoded.bad.length
    this.#tally.unknownFields += decoded.unknownFields
    return decoded
  }

  /**
   * Has all parts of a payload stored.
   * @param stored called when all of it is
   * @returns bytes that are kept until then
   */
  store(
    route: Route,
    decoded: Decoded,
    sent: Payload,
    receivedAt: number,
    cause: StatusRecord['cause'],
    stored: () => void,
  ): number {
    const { records, bad } = decoded
    let awaiting = bad.length + (records.length > 0 ? 1 : 0)
    const one = (): void => {
      if (--awaiting === 0) stored()
    }
    let bytes = 0
    if (records.length > 0) {
      const collected = new RecordBytes(sent.payload.length + recordRoom * records.length)
      for (const part of records) collected.add(part, route, receivedAt, cause)
      bytes += collected.length
      this.log.append(route.partition, collected.bytes, () => {
        this.#tally.committed += records.length
        one()
      })
    }
    for (const [index, part] of bad.entries()) {
      const record = quarantineRecord(part, route, sent.payload, sent.payloadBytes, receivedAt)
      bytes += record.payload.length
      this.#quarantine.add(record, () => {
        count(this.#tally.quarantined, part.badClass)
        this.#notify(route, record, index, bad)
        one()
      })
    }
    return bytes
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
