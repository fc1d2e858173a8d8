import type { StatusRecord } from '@lifeline/contracts'
import {
  type BadPart,
  type Decoded,
  fillTopicPattern,
  frameFormats,
  type PayloadReader,
  type Pseudonym,
  type Reply,
  withoutPersons,
} from '@lifeline/protocols'
import type { Intake, NoDevice, Payload, Target } from './intake.ts'
import { type Kept, keptOf } from './quarantine.ts'
import type { VendorRoute } from './vendor-topics.ts'

/** Of a payload, kept with each of its bad parts so that it can be taken again, all together. */
const maxKeptBytes = 1024 * 1024

/** What a payload says of one device, or of none. */
export interface Found {
  readonly target: Target
  readonly decoded: Decoded
}

/** Takes payloads in vendors' formats apart and has each device's share stored. */
export class VendorIntake {
  readonly #intake: Intake
  readonly #pseudonym: Pseudonym

  /** @param pseudonym what is stored of an operator's card */
  constructor(intake: Intake, pseudonym: Pseudonym) {
    this.#intake = intake
    this.#pseudonym = pseudonym
  }

  /**
   * Has all of a payload stored, and then answered where its format asks for it.
   * @param reader the connection's
   * @param stored called when all of it is
   * @param answer where answers go; to the topic that the mapping names where it is left out
   * @returns bytes that are kept until then
   */
  store(
    route: VendorRoute,
    reader: PayloadReader,
    sent: Payload,
    receivedAt: number,
    cause: StatusRecord['cause'],
    stored: () => void,
    answer = (reply: Reply): void => this.#answer(route, reply),
  ): number {
    const { found, replies } = this.read(route, reader, sent, receivedAt)
    const parts = found.reduce((sum, { decoded }) => sum + decoded.bad.length, 0)
    const whole = parts === 0 ? undefined : wholeOf(route, sent, parts)
    let awaiting = found.length + 1
    const one = (): void => {
      if (--awaiting > 0) return
      for (const reply of replies) answer(reply)
      stored()
    }
    let bytes = 0
    for (const { target, decoded } of found) {
      bytes += this.#intake.store(target, this.#intake.count(decoded), sent, receivedAt, cause, one, whole)
    }
    one()
    return bytes
  }

  /** What a payload says, by device. What is of no device known is the account's, or its only device's. */
  read(
    route: VendorRoute,
    reader: PayloadReader,
    sent: Payload,
    receivedAt: number,
  ): { found: Found[]; replies: readonly Reply[] } {
    const { shares, bad, replies } = route.format.decode(
      route.entries,
      reader,
      { ...sent, receivedAt },
      { pseudonym: this.#pseudonym, kindOf: route.kindOf },
    )
    const { topic, account } = route
    const lost: BadPart[] = [...bad]
    const found: Found[] = []
    for (const { vendorId, kind, decoded } of shares) {
      const device = route.device(vendorId, kind)
      if (typeof device === 'string') lost.push(...withoutDevice(decoded, device))
      else found.push({ target: { ...device, topic, channel: 'telemetry', account }, decoded })
    }
    if (lost.length > 0) {
      const only = route.only()
      const nobody: NoDevice = { kind: 'unknown', deviceId: account, topic, account }
      const target = only === undefined ? nobody : { ...only, topic, channel: 'telemetry' as const, account }
      found.push({ target, decoded: { records: [], bad: lost, unknownFields: 0 } })
    }
    return { found, replies }
  }

  #answer({ format }: VendorRoute, { bytes, names }: Reply): void {
    const topic = format.mapping.reply === undefined ? undefined : fillTopicPattern(format.mapping.reply, names)
    if (topic !== undefined) this.#intake.answer(topic, bytes)
  }
}

/**
 * What is kept with each bad part of a payload: a part means nothing without the rest, so that all of it is, where that
 * is not too much and what is personal in it can be found. undefined where the part alone is kept: of several binary
 * frames, and of Sparkplug, which leans on what the connection has said before.
 */
function wholeOf({ format }: VendorRoute, { payload, payloadBytes }: Payload, parts: number): Kept | undefined {
  const { encoding, personal } = format.mapping
  if (payloadBytes > payload.length) return { bytes: Buffer.alloc(0), cut: 'size' }
  if (encoding === 'sparkplug-b' || payload.length * parts > maxKeptBytes) return undefined
  if (encoding === 'json') {
    const text = plainJson(payload)
    return text === undefined ? undefined : keptOf(text, text.length, personal)
  }
  const scan = frameFormats[encoding].scan(payload)
  if (typeof scan !== 'object' || !('frame' in scan) || scan.frame !== payload.length) return undefined
  const bytes = withoutPersons(frameFormats[encoding], payload)
  return { bytes, cut: bytes.equals(payload) ? 'none' : 'privacy' }
}

/** JSON in which no name of a field is hidden by escapes; undefined where it is nested too deep to be written. */
function plainJson(payload: Buffer): Buffer | undefined {
  if (!payload.includes('\\u')) return payload
  try {
    return Buffer.from(JSON.stringify(JSON.parse(payload.toString())))
  } catch (error) {
    if (error instanceof SyntaxError) return payload
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** What was understood, and of whom nobody knows: kept as it was read, without what is personal. */
function withoutDevice({ records, bad }: Decoded, reason: string): BadPart[] {
  const text = `[${records.map(({ json }) => json.toString()).join()}]`
  return records.length === 0 ? [...bad] : [{ badClass: 'unknown_device', reason, text }, ...bad]
}
