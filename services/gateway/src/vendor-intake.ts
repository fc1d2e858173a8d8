import type { StatusRecord } from '@lifeline/contracts'
import {
  type BadPart,
  type Decoded,
  fillTopicPattern,
  type PayloadReader,
  type Pseudonym,
  type Reply,
  type Share,
} from '@lifeline/protocols'
import type { Intake, NoDevice, Payload } from './intake.ts'
import type { VendorRoute } from './vendor-topics.ts'

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
    const { shares, bad, replies } = route.format.decode(
      route.entries,
      reader,
      { ...sent, receivedAt },
      { pseudonym: this.#pseudonym, kindOf: route.kindOf },
    )
    const lost: BadPart[] = [...bad]
    const found: (readonly [Parameters<Intake['store']>[0], Decoded])[] = []
    for (const share of shares) {
      const device = route.device(share.vendorId, share.kind)
      if (typeof device === 'string') lost.push(...withoutDevice(share, device))
      else found.push([{ ...device, topic: route.topic, channel: 'telemetry' }, share.decoded])
    }
    const account: NoDevice = { kind: 'unknown', deviceId: route.account, topic: route.topic }
    if (lost.length > 0) found.push([account, { records: [], bad: lost, unknownFields: 0 }])
    let awaiting = found.length + 1
    const one = (): void => {
      if (--awaiting > 0) return
      for (const reply of replies) answer(reply)
      stored()
    }
    let bytes = 0
    for (const [target, decoded] of found) {
      bytes += this.#intake.store(target, this.#intake.count(decoded), sent, receivedAt, cause, one)
    }
    one()
    return bytes
  }

  #answer({ format }: VendorRoute, { bytes, names }: Reply): void {
    const topic = format.mapping.reply === undefined ? undefined : fillTopicPattern(format.mapping.reply, names)
    if (topic !== undefined) this.#intake.answer(topic, bytes)
  }
}

/** What was understood, and of whom nobody knows: kept as it was read, without what is personal. */
function withoutDevice({ decoded }: Share, reason: string): BadPart[] {
  const { records, bad } = decoded
  const text = `[${records.map(({ json }) => json.toString()).join()}]`
  return records.length === 0 ? [...bad] : [{ badClass: 'unknown_device', reason, text }, ...bad]
}
