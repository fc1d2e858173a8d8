import { assertNever } from '@lifeline/contracts'
import type { ChannelConfig } from './channel-config.ts'
import { sendMail } from './email.ts'
import type { Outcome } from './outcome.ts'
import type { Push } from './phone.ts'
import { postSigned } from './webhook.ts'

/** One message to one address, for whatever channel. `docs/channels.md` shows it as gateways get it. */
export interface ChannelMessage {
  /** The same for the same message, however often it is sent. */
  readonly id: string
  readonly type: 'notice' | 'test'
  readonly to: string
  readonly text: { readonly zh: string; readonly en: string }
  readonly unit?: { readonly id: string; readonly name: string }
  /** The rescuer's page of the case. */
  readonly link?: string
  readonly case?: Readonly<Record<string, unknown>>
}

export interface Means {
  readonly push: Push
  /** Ends an attempt early. */
  readonly signal: AbortSignal
}

export function sendMessage(channel: ChannelConfig, message: ChannelMessage, means: Means): Promise<Outcome> {
  const { push, signal } = means
  const { id: key, to, text, link } = message
  switch (channel.kind) {
    case 'webhook': {
      const { url, secret, timeoutSeconds } = channel
      return postSigned({ url, secret, timeoutMs: timeoutSeconds * 1000 }, key, JSON.stringify(message), signal)
    }
    case 'email': {
      // Subjects stand in the logs of every server on the way: no link in one.
      const subject = (link === undefined ? text.zh : text.zh.replace(link, '').trim()).slice(0, 120)
      return sendMail(channel, { key, to, subject, text: `${text.zh}\n\n${text.en}` }, signal)
    }
    case 'mqtt':
      return push(to, { id: key, withinMs: channel.timeoutSeconds * 1000, message: { ...message } }, signal)
    default:
      return assertNever(channel)
  }
}
