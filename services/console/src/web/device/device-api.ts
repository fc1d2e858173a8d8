import type { Kind, RescueCase } from '@lifeline/contracts'
import type { ApiClient, Device, Page } from '../api/api-client.ts'

export const readDevice = (api: ApiClient, deviceId: string): Promise<Device> =>
  api.ask('GET', `/devices/${encodeURIComponent(deviceId)}`)

/** A page of the devices that fit. */
export function findDevices(
  api: ApiClient,
  search: {
    readonly query?: string
    readonly kind?: Kind | undefined
    readonly limit?: number
    readonly cursor?: string
  },
): Promise<Page<Device>> {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  return api.ask('GET', `/devices?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`)
}

/** All devices that this user may see. */
export async function allDevices(api: ApiClient): Promise<readonly Device[]> {
  const all: Device[] = []
  let cursor: string | undefined
  do {
    const page = await findDevices(api, { limit: 1000, ...(cursor === undefined ? {} : { cursor }) })
    all.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return all
}

/** The newest cases of a device. */
export async function casesOf(api: ApiClient, deviceId: string): Promise<readonly RescueCase[]> {
  const query = new URLSearchParams({ deviceId, limit: '50' })
  return (await api.ask<Page<RescueCase>>('GET', `/incidents?${query}`)).items
}
