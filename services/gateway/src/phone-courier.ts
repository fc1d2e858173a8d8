import type { NatsConnection } from '@lifeline/bus'
import { type PhoneNotice, phoneNoticeSchema, phoneSubject, phoneTopic } from '@lifeline/contracts'
import type { Logger } from '@lifeline/service-kit'
import type { Client } from 'aedes'
import { CommandSubscriber } from './command-subscriber.ts'
import type { DownLink } from './down-link.ts'

interface Waiting extends PhoneNotice {
  /** Tells the desk that the phone has it. */
  readonly delivered: () => void
  readonly timer: NodeJS.Timeout
  /** Who has it and has not acknowledged it. */
  under: CommandSubscriber | undefined
}

/**
 * Brings the desk's notices to rescuers' phones: at once to who is there, to one that comes back in the notice's time
 * then, to nobody after it. Nothing is kept here: the desk has it, and asks again or goes another way.
 */
export class PhoneCourier {
  readonly #logger: Logger
  readonly #waiting = new Map<string, Map<string, Waiting>>()
  readonly #phones = new Map<string, CommandSubscriber>()
  readonly #byLink = new WeakMap<DownLink, CommandSubscriber>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** Hears the desk until `signal` aborts. */
  start(connection: NatsConnection, signal: AbortSignal): void {
    const subscription = connection.subscribe(phoneSubject('*'), {
      callback: (_error, message) => {
        const contactId = message.subject.split('.').at(-1) ?? ''
        const { data: notice, error } = phoneNoticeSchema.safeParse(readJson(message.string()))
        if (notice !== undefined) this.#heard(contactId, notice, () => message.respond())
        else this.#logger.error({ err: error, contactId }, 'not as the contracts say: it is not sent')
      },
    })
    signal.addEventListener(
      'abort',
      () => {
        if (!connection.isClosed()) subscription.unsubscribe()
        for (const [contactId, notices] of this.#waiting) for (const id of notices.keys()) this.#forget(contactId, id)
      },
      { once: true },
    )
  }

  /** Takes a client with its subscriptions as they are now. */
  subscribed(link: DownLink, client: Client): void {
    const phone = this.#byLink.get(link) ?? new CommandSubscriber(link, client)
    const { clientId } = phone
    if (phone.qosOf(phoneTopic(clientId)) === undefined) return
    if (!this.#byLink.has(link)) {
      this.#byLink.set(link, phone)
      phone.whenGone(() => this.#gone(phone))
      phone.keepOnly((id) => this.#waiting.get(clientId)?.has(id) === true)
    }
    this.#phones.set(clientId, phone)
    // After the SUBACK, as with commands.
    setImmediate(() => this.#deliver(clientId))
  }

  #gone(phone: CommandSubscriber): void {
    const { clientId } = phone
    if (this.#phones.get(clientId) === phone) this.#phones.delete(clientId)
    for (const notice of this.#waiting.get(clientId)?.values() ?? []) {
      if (notice.under === phone) notice.under = undefined
    }
    this.#deliver(clientId)
  }

  #heard(contactId: string, notice: PhoneNotice, delivered: () => void): void {
    const { id, withinMs } = notice
    const under = this.#waiting.get(contactId)?.get(id)?.under
    this.#forget(contactId, id)
    const timer = setTimeout(() => this.#forget(contactId, id), withinMs)
    const notices = this.#waiting.get(contactId) ?? new Map<string, Waiting>()
    this.#waiting.set(contactId, notices.set(id, { ...notice, delivered, timer, under }))
    this.#deliver(contactId)
  }

  #forget(contactId: string, id: string): void {
    const notices = this.#waiting.get(contactId)
    clearTimeout(notices?.get(id)?.timer)
    notices?.delete(id)
    if (notices?.size === 0) this.#waiting.delete(contactId)
  }

  /** Only where QoS 1 was asked for: without a PUBACK nobody knows. */
  #deliver(contactId: string): void {
    const phone = this.#phones.get(contactId)
    const topic = phoneTopic(contactId)
    if (phone?.qosOf(topic) !== 1) return
    for (const notice of this.#waiting.get(contactId)?.values() ?? []) {
      if (notice.under !== undefined) continue
      notice.under = phone
      const { id, message } = notice
      phone.send(id, topic, JSON.stringify(message), () => {
        // Asked again meanwhile, it is the later asker who waits for it.
        this.#waiting.get(contactId)?.get(id)?.delivered()
        this.#forget(contactId, id)
      })
    }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No notice: the schema says so.
    return undefined
  }
}
