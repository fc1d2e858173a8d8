import { type Kind, maxFramesPerPayload, maxPayloadBytes } from '@lifeline/contracts'
import type { BadPart, RecordPart } from '../decoded.ts'
import { frameReader } from '../framed/frame-reader.ts'
import { type Pseudonym, withoutPersonalData } from '../personal-data.ts'
import { sparkplugReader } from '../sparkplug/sparkplug-reader.ts'
import { type CompiledMessage, compileMessage } from './compile-message.ts'
import type { Scope } from './item-path.ts'
import type { Mapping } from './mapping-schema.ts'
import { jsonReader, type PayloadReader } from './payload-reader.ts'
import { ItemError } from './read-value.ts'
import { compileTopicPattern, type TopicMatch } from './topic-pattern.ts'
import type { Share, VendorPayload } from './vendor-payload.ts'

/** The entries of a mapping that a topic may be meant by, with what the topic names. */
export interface TopicEntries {
  readonly names: Readonly<Record<string, string>>
  readonly messages: readonly CompiledMessage[]
}

/** What a payload came with. */
export interface Arrival {
  readonly payload: Buffer
  /** How many bytes were sent. */
  readonly payloadBytes: number
  /** ms since the Unix epoch. */
  readonly receivedAt: number
}

/** What the outside world knows and a mapping does not. */
export interface Known {
  /** What is stored of an operator's card. */
  readonly pseudonym: Pseudonym
  /** The kind that a device is registered as; undefined where it is not. */
  readonly kindOf: (vendorId: string | undefined) => Kind | undefined
}

/** A vendor's format, ready to read. */
export interface VendorFormat {
  /** The mapping's, as a device is registered with it. */
  readonly name: string
  readonly mapping: Mapping
  /** The entries for a topic; undefined where it is none of the format's. */
  entries(topic: string): TopicEntries | undefined
  /** All entries: of a connection that has no topics. */
  readonly everything: TopicEntries
  /** Names in a topic that answers go to; undefined where it is none. */
  readonly replyTopic: TopicMatch
  /** For one connection. */
  reader(): PayloadReader
  /** What a payload says. Never throws. */
  decode(entries: TopicEntries, reader: PayloadReader, arrival: Arrival, known: Known): VendorPayload
}

/** @param mapping checked */
export function compileMapping(name: string, mapping: Mapping): VendorFormat {
  const messages = mapping.messages.map((message) => compileMessage(message, mapping))
  const { encoding, personal, zone, reply } = mapping
  return {
    name,
    mapping,
    entries: (topic) => {
      const found = messages.filter((message) => message.topic?.(topic) !== undefined)
      const names = Object.assign({}, ...found.map((message) => message.topic?.(topic)))
      return found.length === 0 ? undefined : { names, messages: found }
    },
    everything: { names: {}, messages },
    replyTopic: reply === undefined ? () => undefined : compileTopicPattern(reply),
    reader: () => {
      if (encoding === 'json') return jsonReader(personal)
      return encoding === 'sparkplug-b' ? sparkplugReader() : frameReader(encoding, zone ?? 'UTC')
    },
    decode: (entries, reader, { payload, payloadBytes, receivedAt }, known) => {
      if (payloadBytes > maxPayloadBytes) {
        const reason = `${payloadBytes} bytes, at most ${maxPayloadBytes} are taken`
        return { shares: [], bad: [{ badClass: 'too_large', reason, bytes: Buffer.alloc(0) }], replies: [] }
      }
      const { objects, bad, replies } = reader.read(payload, entries.names, receivedAt)
      const shares = new Shares()
      const wrong: BadPart[] = [...bad]
      for (const [i, object] of objects.entries()) {
        const at = objects.length > 1 ? `[${i}]` : ''
        readObject(object, at, entries, { ...known, receivedAt, personal }, shares, wrong)
      }
      return { shares: shares.all(), bad: wrong, replies }
    },
  }
}

interface Circumstances extends Known {
  readonly receivedAt: number
  readonly personal: readonly string[]
}

function readObject(
  object: unknown,
  at: string,
  { names, messages }: TopicEntries,
  { receivedAt, pseudonym, kindOf, personal }: Circumstances,
  shares: Shares,
  wrong: BadPart[],
): void {
  const whole: Scope = { item: object, payload: object, topic: names }
  const badPart = (error: ItemError, item: unknown): BadPart => ({
    badClass: 'schema',
    // It may quote what was sent.
    reason: withoutPersonalData(Buffer.from(error.message)).toString(),
    ...pathPart(at, error.path),
    ...textPart(item, personal),
  })
  const message = messages.find((entry) => entry.fits(whole))
  if (message === undefined) {
    wrong.push(badPart(new ItemError('', 'no message of the mapping fits it'), object))
    return
  }
  try {
    const items = message.items(whole)
    if (items.length > maxFramesPerPayload) throw new ItemError('', `${items.length} things in one message`)
    for (const item of items) {
      const scope = { ...whole, item }
      if (message.silent) continue
      const vendorId = message.device(scope)
      const kind = message.kind === 'registered' ? kindOf(vendorId) : message.kind
      if (kind === undefined) {
        wrong.push({ ...badPart(new ItemError('', `${vendorId} is not registered`), item), badClass: 'unknown_device' })
        continue
      }
      const { records, errors } = message.read(scope, kind, receivedAt, pseudonym)
      const bad = errors.map((error) => badPart(error, item))
      if (records.length + bad.length > 0) shares.add(vendorId, kind, records, bad)
    }
  } catch (error) {
    if (!(error instanceof ItemError)) throw error
    wrong.push(badPart(error, object))
  }
}

function pathPart(at: string, path: string): { path?: string } {
  const whole = at === '' || path === '' ? at + path : `${at}.${path}`
  return whole === '' ? {} : { path: whole }
}

/** The item's own text; none where it is nested too deep to be written. */
function textPart(item: unknown, personal: readonly string[]): { text: string } {
  try {
    return { text: withoutPersonalData(Buffer.from(JSON.stringify(item) ?? ''), personal).toString() }
  } catch (error) {
    if (error instanceof RangeError) return { text: '' }
    throw error
  }
}

/** Collects what was said of each device, in the order in which it was first spoken of. */
class Shares {
  readonly #byDevice = new Map<
    string,
    { vendorId: string | undefined; kind: Share['kind']; records: RecordPart[]; bad: BadPart[] }
  >()

  add(
    vendorId: string | undefined,
    kind: Share['kind'],
    records: readonly RecordPart[],
    bad: readonly BadPart[],
  ): void {
    const key = `${kind} ${vendorId ?? ''}`
    const share = this.#byDevice.get(key) ?? { vendorId, kind, records: [], bad: [] }
    this.#byDevice.set(key, share)
    share.records.push(...records)
    share.bad.push(...bad)
  }

  all(): Share[] {
    return [...this.#byDevice.values()].map(({ vendorId, kind, records, bad }) => ({
      vendorId,
      kind,
      decoded: { records, bad, unknownFields: 0 },
    }))
  }
}
