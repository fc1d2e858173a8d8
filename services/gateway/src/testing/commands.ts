import { randomUUID } from 'node:crypto'
import { openBucket } from '@lifeline/bus'
import { buckets, commandKey, formatTopic, type PendingCommand } from '@lifeline/contracts'
import { eventually } from '@lifeline/test-support'
import type { GatewayWorld } from './gateway-world.ts'
import type { RawClient } from './raw-client.ts'

export const commandTopic = (deviceId: string, channel: 'command' | 'command-ack' = 'command'): string =>
  formatTopic({ kind: 'elevator', deviceId, channel })

/** Puts a command to an elevator into the bucket, as the registry does. */
export async function order(
  { bus }: GatewayWorld,
  deviceId: string,
  fields: Partial<PendingCommand> = {},
): Promise<PendingCommand> {
  const command: PendingCommand = {
    id: randomUUID(),
    kind: 'elevator',
    deviceId,
    name: 'announce',
    args: { text: 'help is on its way' },
    expiresAt: Date.now() + 600_000,
    ...fields,
  }
  await (await openBucket(bus, buckets.commands)).create(commandKey(deviceId, command.id), JSON.stringify(command))
  return command
}

/** The command once `settled` holds of it. */
export const ordered = (
  { bus }: GatewayWorld,
  { deviceId, id }: PendingCommand,
  settled: (command: PendingCommand) => boolean,
): Promise<PendingCommand> =>
  eventually(`command ${id} settled`, async () => {
    const entry = await (await openBucket(bus, buckets.commands)).get(commandKey(deviceId, id))
    const command = entry?.json<PendingCommand>()
    return command !== undefined && settled(command) ? command : undefined
  })

export interface Received {
  readonly topic: string
  readonly id: string
  readonly name: string
  readonly args: Record<string, unknown>
  readonly qos: number
  readonly dup: boolean
  readonly messageId: number
}

/** The next command that comes down; other packets are passed over. Not acknowledged. */
export async function nextCommand(client: RawClient): Promise<Received> {
  for (;;) {
    const packet = await client.next()
    if (packet.cmd !== 'publish') continue
    const { topic, qos, dup, messageId = 0 } = packet
    const { id, name, args, ...more } = JSON.parse(packet.payload.toString())
    if (Object.keys(more).length > 0) throw new Error(`further fields: ${Object.keys(more)}`)
    return { topic, id, name, args, qos, dup, messageId }
  }
}

export const subscribe = (client: RawClient, topic: string, qos: 0 | 1 = 1): void =>
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos }] })
