import type { CommandOrder, CommandState } from '@lifeline/contracts'
import type { ApiClient, Page } from '../api/api-client.ts'

/** A command as the registry tells of it; times in ms since the Unix epoch. */
export interface Command {
  readonly id: string
  readonly name: CommandOrder['name']
  readonly args: Readonly<Record<string, unknown>>
  readonly by: string
  readonly state: CommandState
  readonly sentAt: number
  readonly expiresAt: number
  readonly deliveredAt?: number
  readonly answeredAt?: number
  readonly reason?: string
}

const pathOf = (deviceId: string): string => `/devices/${encodeURIComponent(deviceId)}/commands`

export const sendCommand = (api: ApiClient, deviceId: string, order: CommandOrder): Promise<Command> =>
  api.ask('POST', pathOf(deviceId), order)

/** The newest first. */
export async function readCommands(api: ApiClient, deviceId: string, limit: number): Promise<readonly Command[]> {
  return (await api.ask<Page<Command>>('GET', `${pathOf(deviceId)}?limit=${limit}`)).items
}
