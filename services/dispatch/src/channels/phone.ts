import { type NatsConnection, NatsError } from '@lifeline/bus'
import { idSchema, type PhoneNotice, phoneSubject } from '@lifeline/contracts'
import { failed, noAnswer, type Outcome } from './outcome.ts'

/** Sends to a rescuer's phone through the gateways; `signal` ends the attempt early. */
export type Push = (contactId: string, notice: PhoneNotice, signal: AbortSignal) => Promise<Outcome>

/** @param connection undefined while NATS has not been reached yet */
export const pushToPhones =
  (connection: () => NatsConnection | undefined): Push =>
  async (contactId, notice, signal) => {
    // It becomes part of a subject.
    if (!idSchema.safeParse(contactId).success) return failed('not a phone’s id', true)
    const nats = connection()
    if (nats === undefined) return failed('no gateway')
    const ended = new Promise<Outcome>((resolve) => {
      signal.addEventListener('abort', () => resolve(failed('ended')), { once: true })
    })
    const asked = nats.request(phoneSubject(contactId), JSON.stringify(notice), { timeout: notice.withinMs }).then(
      (): Outcome => ({ ok: true, answer: '' }),
      (error: unknown) => (isTimeout(error) ? noAnswer(notice.withinMs) : failed('no gateway')),
    )
    return Promise.race([asked, ended])
  }

/** The phone is away, or has not acknowledged. */
const isTimeout = (error: unknown): boolean => error instanceof NatsError && error.code === 'TIMEOUT'
