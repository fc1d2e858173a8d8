import type { Kind } from './identifiers.ts'
import { kinds } from './identifiers.ts'

/** The last level of a device's topics: what goes into the log, what else comes up, and what goes down. */
export const logChannels = ['telemetry', 'event', 'status'] as const
export const upChannels = [...logChannels, 'command-ack'] as const
export const downChannels = ['error', 'command'] as const
export type LogChannel = (typeof logChannels)[number]
export type UpChannel = (typeof upChannels)[number]
export type Channel = UpChannel | (typeof downChannels)[number]

export interface DeviceTopic {
  readonly kind: Kind
  readonly deviceId: string
  readonly channel: Channel
}

const pattern = new RegExp(
  `^v1/(${kinds.join('|')})/([A-Za-z0-9_-]{1,64})/(${[...upChannels, ...downChannels].join('|')})$`,
)

/** The parts of `v1/{kind}/{deviceId}/{channel}`, or undefined for any other topic. */
export function parseTopic(topic: string): DeviceTopic | undefined {
  const match = pattern.exec(topic)
  if (match === null) return undefined
  return { kind: match[1] as Kind, deviceId: match[2] as string, channel: match[3] as Channel }
}

export function formatTopic({ kind, deviceId, channel }: DeviceTopic): string {
  return `v1/${kind}/${deviceId}/${channel}`
}
