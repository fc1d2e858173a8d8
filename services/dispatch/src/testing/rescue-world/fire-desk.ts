import type { LinkageAnswer, LinkageMessage } from '@lifeline/contracts'
import { type Treatment, WebhookReceiver } from './webhook-receiver.ts'

/**
 * How it acknowledges: in its answer to the webhook, by a call of its own afterwards, or not at all; or it fails as
 * any receiver does.
 */
export type Conduct = 'answers' | 'calls' | 'silent' | Extract<Treatment, 'fail' | 'hang' | 'refuse'>

/** The other service's control room: takes requests, and gives each its own number. */
export class FireDesk extends WebhookReceiver<LinkageMessage> {
  conduct: (event: LinkageMessage) => Conduct = () => 'answers'
  readonly #desk: () => string
  readonly #numbers = new Map<string, string>()

  /** @param desk where acknowledgements are taken, whatever the address in the request */
  constructor(secret: string, desk: () => string) {
    super(secret)
    this.#desk = desk
    this.treat = (event) => this.#take(event)
  }

  /** Its number of a case. */
  numberOf(caseId: string): string {
    const number = this.#numbers.get(caseId) ?? `F-${this.#numbers.size + 1}`
    this.#numbers.set(caseId, number)
    return number
  }

  /** Says that it has taken a case. @returns the HTTP status */
  async acknowledge(event: LinkageMessage, token?: string): Promise<number> {
    if (event.type === 'linkage.ended') throw new TypeError('an end is not acknowledged')
    const { subject, data } = event
    const answer: LinkageAnswer = { acknowledged: true, reference: this.numberOf(subject) }
    const response = await fetch(`${this.#desk()}${new URL(data.acknowledge.url).pathname}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token ?? data.acknowledge.token}` },
      body: JSON.stringify(answer),
    })
    return response.status
  }

  #take(event: LinkageMessage): Treatment {
    const conduct = this.conduct(event)
    // An end is acknowledged by nothing but its answer.
    if (event.type === 'linkage.ended') return conduct === 'fail' ? 'fail' : 'take'
    if (conduct === 'answers') return { answer: { acknowledged: true, reference: this.numberOf(event.subject) } }
    // A call that does not get through is made when the desk asks again.
    if (conduct === 'calls') setImmediate(() => this.acknowledge(event).catch(() => undefined))
    return conduct === 'calls' || conduct === 'silent' ? 'take' : conduct
  }
}
