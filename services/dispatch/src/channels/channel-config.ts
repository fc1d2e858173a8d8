import type { ChannelChange, ChannelTest, NoticeChannel } from '@lifeline/contracts'
import { present } from '../present.ts'

export type WebhookChannel = Extract<ChannelChange, { kind: 'webhook' }> & { readonly secret: string }
export type EmailChannel = Extract<ChannelChange, { kind: 'email' }>
export type MqttChannel = Extract<ChannelChange, { kind: 'mqtt' }>
/** A channel as it is kept, its secret included: never to be shown or logged. */
export type ChannelConfig = WebhookChannel | EmailChannel | MqttChannel

export interface KnownChannel {
  readonly id: string
  readonly config: ChannelConfig
  readonly healthy: boolean
  readonly lastTest?: ChannelTest
}

/** What may be shown of a channel. */
export function viewOf({ id, config, healthy, lastTest }: KnownChannel): NoticeChannel {
  const shown = { id, healthy, ...present({ lastTest }) }
  if (config.kind === 'webhook') {
    const { secret: _, url, ...rest } = config
    return { ...shown, ...rest, url: shownUrl(url) }
  }
  if (config.kind === 'mqtt') return { ...shown, ...config }
  const { password: _, ...rest } = config
  return { ...shown, ...rest }
}

/** A URL without its query, where some gateways have a key. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
