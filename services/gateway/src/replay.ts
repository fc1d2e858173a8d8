import type { NatsConnection } from '@lifeline/bus'
import { type ReplayReply, type ReplayRequest, replaySubject } from '@lifeline/contracts'
import { type Decoded, firstFrame } from '@lifeline/protocols'
import type { Logger } from '@lifeline/service-kit'
import { type Directory, rightsToAll } from './directory.ts'
import { frameRoute, isFrameTopic } from './frame-route.ts'
import type { Intake } from './intake.ts'
import type { Pressure } from './pressure.ts'
import type { Found, VendorIntake } from './vendor-intake.ts'

export interface ReplayServices {
  readonly directory: Directory
  readonly intake: Intake
  readonly vendorIntake: VendorIntake
  readonly pressure: Pressure
  readonly logger: Logger
}

/** Gateways of one group share the requests. */
const group = 'gateway'
/** Cannot be bought by a replay: what a device said of that moment. */
const momentary = 'a status word is true at its moment only and is not taken again'

/**
 * Takes quarantined payloads again where somebody asks for it: by the formats and the registry as they stand now, on
 * the way of live ones. What a frame says goes by its own time, so that what is over by now is late as after an outage.
 * What is still not understood is answered and not quarantined again.
 */
export class Replay {
  readonly #services: ReplayServices

  constructor(services: ReplayServices) {
    this.#services = services
  }

  /** Answers requests until the connection closes. */
  start(connection: NatsConnection): void {
    connection.subscribe(replaySubject, {
      queue: group,
      callback: (error, message) => {
        if (error !== null) return this.#services.logger.warn({ err: error }, 'replay request')
        void this.#take(message.json<ReplayRequest>()).then((reply) => message.respond(JSON.stringify(reply)))
      },
    })
  }

  async #take(request: ReplayRequest): Promise<ReplayReply> {
    const found = this.#read(request, Buffer.from(request.payload, 'base64'))
    if (typeof found === 'string') return { stored: 0, reason: found }
    const stored = await Promise.all(found.map((it) => this.#store(it)))
    const [wrong] = found.flatMap(({ decoded }) => decoded.bad)
    const count = stored.reduce((sum, records) => sum + records, 0)
    if (wrong !== undefined) {
      const { reason, path } = wrong
      return { stored: count, reason, ...(path === undefined ? {} : { path }) }
    }
    return count > 0 ? { stored: count } : { stored: 0, reason: momentary }
  }

  /** What the payload says now, or why it has nowhere to go. */
  #read({ topic, account, receivedAt }: ReplayRequest, payload: Buffer): readonly Found[] | string {
    const { directory, intake, vendorIntake } = this.#services
    const sent = { payload, payloadBytes: payload.length }
    const route = isFrameTopic(topic) ? this.#frames(payload) : directory.route(this.#rights(account), bytewise(topic))
    if (route === undefined) return 'no frame in it names a device of the registry'
    if (typeof route === 'string') return `not taken on this topic: ${route}`
    if (route.channel === 'command-ack') return 'an answer to a command is for its moment only and is not taken again'
    if (route.channel !== 'vendor') return [{ target: route, decoded: intake.read(route, sent) }]
    return vendorIntake.read(route, route.format.reader(), sent, receivedAt).found
  }

  #frames(payload: Buffer) {
    const first = firstFrame(payload)
    return first === undefined ? undefined : frameRoute(this.#services.directory, first.format, first.sn)
  }

  /** Whose it was; where that account is gone, or was another broker's, the payload must say itself of whom it speaks. */
  #rights(account: string | undefined) {
    const { directory } = this.#services
    return (account === undefined ? undefined : directory.credentialOf(account)) ?? rightsToAll(account ?? 'replay')
  }

  /** How many records of one device are in the log. */
  #store({ target, decoded }: Found): Promise<number> {
    const { intake, pressure } = this.#services
    const records = decoded.records.filter(({ type }) => type !== 'status')
    if (records.length === 0) return Promise.resolve(0)
    const good: Decoded = { records, bad: [], unknownFields: decoded.unknownFields }
    const none = Buffer.alloc(0)
    return new Promise((resolve) => {
      const sent = { payload: none, payloadBytes: 0 }
      const bytes = intake.store(target, intake.count(good), sent, Date.now(), 'message', () => {
        pressure.release(bytes)
        resolve(records.length)
      })
      pressure.add(bytes)
    })
  }
}

/** A topic as it stands on the wire: a character for each byte. */
const bytewise = (topic: string): string => Buffer.from(topic).toString('latin1')
