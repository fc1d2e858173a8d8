import type {
  ChannelChange,
  ChannelTest,
  NewShift,
  NoticeChannel,
  Shift,
  UnitContact,
  UnitContacts,
} from '@lifeline/contracts'
import type { ApiClient, Page } from '../api/api-client.ts'

const weekMs = 7 * 86_400_000

/** The shifts of the week that begins at `from` (ms). */
export async function readShifts(api: ApiClient, from: number): Promise<readonly Shift[]> {
  const query = new URLSearchParams({ from: String(Math.round(from)), to: String(Math.round(from + weekMs)) })
  return (await api.ask<Page<Shift>>('GET', `/dispatch/shifts?${query}`)).items
}
export const addShift = (api: ApiClient, shift: NewShift): Promise<Shift> => api.ask('POST', '/dispatch/shifts', shift)
export const removeShift = (api: ApiClient, id: string): Promise<void> =>
  api.ask('DELETE', `/dispatch/shifts/${encodeURIComponent(id)}`)

export async function readChannels(api: ApiClient): Promise<readonly NoticeChannel[]> {
  return (await api.ask<Page<NoticeChannel>>('GET', '/channels')).items
}
const pathOfChannel = (id: string): string => `/channels/${encodeURIComponent(id)}`
export const putChannel = (api: ApiClient, id: string, change: ChannelChange): Promise<NoticeChannel> =>
  api.ask('PUT', pathOfChannel(id), change)
export const removeChannel = (api: ApiClient, id: string): Promise<void> => api.ask('DELETE', pathOfChannel(id))
export const testChannel = (api: ApiClient, id: string): Promise<ChannelTest> =>
  api.ask('POST', `${pathOfChannel(id)}/test`)

const pathOfContacts = (unitId: string): string => `/dispatch/contacts/${encodeURIComponent(unitId)}`
export const readContacts = (api: ApiClient, unitId: string): Promise<UnitContacts> =>
  api.ask('GET', pathOfContacts(unitId))
/** @param contacts in the order in which they are tried */
export const putContacts = (api: ApiClient, unitId: string, contacts: readonly UnitContact[]): Promise<UnitContacts> =>
  api.ask('PUT', pathOfContacts(unitId), { contacts })
