import type { ChannelChange, NoticeChannel } from '@lifeline/contracts'

const common = ['timeoutSeconds', 'testAddress', 'testEverySeconds'] as const
/** The fields of a channel beside its kind and whether it is used, as they are typed. */
export const channelFields = {
  webhook: ['name', 'url', 'secret', ...common],
  email: ['name', 'host', 'port', 'security', 'from', 'user', 'password', ...common],
  mqtt: ['name', ...common],
} as const satisfies Record<NoticeChannel['kind'], readonly string[]>

export type ChannelField = (typeof channelFields)[NoticeChannel['kind']][number]

/** A channel while somebody fills it in. */
export interface ChannelDraft {
  readonly kind: NoticeChannel['kind']
  readonly enabled: boolean
  readonly texts: Readonly<Partial<Record<ChannelField, string>>>
}

const numbers: readonly string[] = ['port', 'timeoutSeconds', 'testEverySeconds'] satisfies readonly ChannelField[]
/** What a channel cannot be without; a secret is kept where it is left out. */
const needed: Readonly<Record<NoticeChannel['kind'], readonly ChannelField[]>> = {
  webhook: ['name', 'url'],
  email: ['name', 'host', 'from'],
  mqtt: ['name'],
}

export const newDraft: ChannelDraft = {
  kind: 'webhook',
  enabled: true,
  texts: { timeoutSeconds: '5', port: '587', security: 'starttls' },
}

/** The draft that changes a channel: as it is shown, its secret left out. */
export function draftOf(channel: NoticeChannel): ChannelDraft {
  const known = channelFields[channel.kind].map(
    (field) => [field, (channel as Record<string, unknown>)[field]] as const,
  )
  return {
    kind: channel.kind,
    enabled: channel.enabled,
    texts: Object.fromEntries(known.flatMap(([field, value]) => (value === undefined ? [] : [[field, String(value)]]))),
  }
}

/** What the API takes; undefined while something that is needed is missing, or a number is none. */
export function bodyOf({ kind, enabled, texts }: ChannelDraft): ChannelChange | undefined {
  if (needed[kind].some((field) => (texts[field] ?? '').trim() === '')) return undefined
  const filled = channelFields[kind].flatMap((field): [string, string | number][] => {
    const text = texts[field]?.trim() ?? ''
    return text === '' ? [] : [[field, numbers.includes(field) ? Number(text) : text]]
  })
  if (filled.some(([, value]) => typeof value === 'number' && !Number.isFinite(value))) return undefined
  return { kind, enabled, ...Object.fromEntries(filled) } as ChannelChange
}
