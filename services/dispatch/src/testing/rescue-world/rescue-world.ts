import type { RescuerView, Unit } from '@lifeline/contracts'
import type { ChannelMessage } from '../../channels/send-message.ts'
import { type CrewEnd, playCrew } from './crew.ts'
import { FireDesk } from './fire-desk.ts'
import { Heard } from './heard.ts'
import { MailSink } from './mail-sink.ts'
import { type RescuePlan, rescuePlan } from './rescue-plan.ts'
import { seededRandom } from './seeded-random.ts'
import { type Treatment, WebhookReceiver } from './webhook-receiver.ts'

/** A crew's work on one case, as it ended. */
export interface CrewRun {
  readonly caseId: string
  readonly deviceId: string
  readonly unitId: string
  readonly plan: RescuePlan
  readonly end: CrewEnd
}

export interface RescueWorldOptions {
  readonly seed: number
  /** The crews; each has a telephone for short messages and calls, and a mailbox. */
  readonly units: readonly Unit[]
  /** Units that never do anything. */
  readonly silent?: ReadonlySet<string>
  /** Share of the attempts at each channel, and at the fire desk, that fail in one way or another: 0 to 1. */
  readonly failing: number
  /** ms of the clock for a second of the night. */
  readonly pace: number
  /** s that a channel is given to answer. */
  readonly channelSeconds?: number
  /** s that fire is given to acknowledge. */
  readonly ackSeconds?: number
  /** Address of a desk process; asked anew for each request, so that it may name another while one is down. */
  readonly desk: () => string
  /** The API as an administrator, which answers the HTTP status. */
  readonly administer: (method: string, path: string, body: unknown) => Promise<number>
  /** Changes what a unit does with a case on a device. */
  readonly replan?: (plan: RescuePlan, deviceId: string, unitId: string) => RescuePlan
}

const secret = 'the secret of all gateways of the rescue world'
const failures = ['fail', 'hang', 'drop'] as const satisfies readonly Treatment[]

/**
 * All that is outside the desk in a night: telephones, mailboxes, crews that drive, work and free people through the
 * links they are sent, and a fire desk. What they do follows from the seed; when, from the real service.
 */
export class RescueWorld {
  readonly sms: WebhookReceiver<ChannelMessage>
  readonly voice: WebhookReceiver<ChannelMessage>
  readonly mail = new MailSink()
  readonly fire: FireDesk
  /** Each crew's work on each case, as it ended. */
  readonly runs = new Heard<CrewRun>()
  /** What went wrong in this world itself; empty in a sound test. */
  readonly mishaps: unknown[] = []
  readonly #options: RescueWorldOptions
  readonly #ending = new AbortController()
  /** Crews at work, by case and unit: however many telephones ring, one crew goes. */
  readonly #working = new Set<string>()

  constructor(options: RescueWorldOptions) {
    this.#options = options
    this.sms = new WebhookReceiver<ChannelMessage>(secret, this.#treatment(1))
    this.voice = new WebhookReceiver<ChannelMessage>(secret, this.#treatment(2))
    this.fire = new FireDesk(secret, options.desk)
    const random = seededRandom(options.seed + 3)
    this.fire.conduct = () => (random() < options.failing ? 'fail' : random() < 0.5 ? 'answers' : 'calls')
  }

  /** Starts everything, and tells the desk of the channels, the contacts and the fire desk. */
  async start(): Promise<void> {
    const { units, administer, channelSeconds = 2, ackSeconds = 30 } = this.#options
    await Promise.all([this.sms.start(), this.voice.start(), this.mail.start(), this.fire.start()])
    const common = { enabled: true, timeoutSeconds: channelSeconds }
    const webhook = (name: string, url: string) => ({ ...common, kind: 'webhook', name, url, secret })
    const mail = {
      ...common,
      kind: 'email',
      name: 'mail',
      host: '127.0.0.1',
      port: this.mail.port,
      security: 'none',
      from: 'desk@example.com',
    }
    await this.#put('/channels/sms', webhook('sms', this.sms.url))
    await this.#put('/channels/voice', webhook('voice', this.voice.url))
    await this.#put('/channels/mail', mail)
    await this.#put('/linkage/targets/fire', { url: this.fire.url, secret, timeoutSeconds: channelSeconds, ackSeconds })
    for (const { id, kind } of units) {
      if (kind !== 'maintenance' && kind !== 'station') continue
      const contacts = [
        { channel: 'sms', address: id },
        { channel: 'voice', address: id },
        { channel: 'mail', address: `${id}@crews.example` },
      ]
      const status = await administer('PUT', `/dispatch/contacts/${id}`, { contacts })
      if (status !== 200) throw new Error(`contacts of ${id}: ${status}`)
    }
    for (const phone of [this.sms, this.voice]) {
      phone.messages.each(({ body: { link, to } }) => {
        if (link !== undefined) this.#called(link, to)
      })
    }
    this.mail.mails.each(({ to: [to = ''], raw }) => {
      const link = /\/r\/[\w-]{43}/.exec(raw.replaceAll('=\r\n', ''))?.[0]
      if (link !== undefined) this.#called(link, to.replace(/@.*/, ''))
    })
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    await Promise.all([this.sms.stop(), this.voice.stop(), this.mail.stop(), this.fire.stop()])
  }

  async #put(path: string, body: unknown): Promise<void> {
    const status = await this.#options.administer('PUT', path, body)
    if (status !== 200) throw new Error(`${path}: ${status}`)
  }

  #treatment(stream: number): () => Treatment {
    const random = seededRandom(this.#options.seed + stream)
    return () => {
      if (random() >= this.#options.failing) return 'take'
      return failures[Math.floor(random() * failures.length)] ?? 'fail'
    }
  }

  #called(link: string, unitId: string): void {
    const { seed, silent, desk, pace, replan = (plan) => plan } = this.#options
    const { signal } = this.#ending
    let known: Omit<CrewRun, 'end'> | undefined
    const plan = ({ id: caseId, deviceId }: RescuerView): RescuePlan | undefined => {
      const key = `${caseId}/${unitId}`
      if (this.#working.has(key)) return undefined
      this.#working.add(key)
      const drawn = rescuePlan(seed, deviceId, unitId)
      const answers = drawn.answers && silent?.has(unitId) !== true
      known = { caseId, deviceId, unitId, plan: replan({ ...drawn, answers }, deviceId, unitId) }
      return known.plan
    }
    playCrew({ link, plan, desk, pace, signal }).then(
      (end) => {
        if (known === undefined) return
        this.#working.delete(`${known.caseId}/${unitId}`)
        this.runs.add({ ...known, end })
      },
      (error: unknown) => {
        if (!signal.aborted) this.mishaps.push(error)
      },
    )
  }
}
