import { useSyncExternalStore } from 'react'

const plain = ['map', 'roster', 'statistics', 'wall'] as const
export const administrationTabs = ['users', 'desk', 'channels', 'rules', 'audit', 'quarantine'] as const
export type AdministrationTab = (typeof administrationTabs)[number]

/** Where in the app somebody is. */
export type Route =
  | { readonly page: 'queue' | 'devices' | (typeof plain)[number] }
  | { readonly page: 'incident' | 'device'; readonly id: string }
  | { readonly page: 'administration'; readonly tab: AdministrationTab }
export type PageName = Route['page']

const isOneOf = <T extends string>(values: readonly T[], value: string | undefined): value is T =>
  (values as readonly (string | undefined)[]).includes(value)

/** @param address path and hash; `#/wall` is what a wall's browser is pointed at */
export function routeOf(address: string): Route {
  const [path = '', hash = ''] = address.split('#')
  const [area, rest, more] = (hash.startsWith('/') ? hash : path).slice(1).split('/')
  const id = rest === undefined || rest === '' || more !== undefined ? undefined : decodeURIComponent(rest)
  if (area === 'incidents' && id !== undefined) return { page: 'incident', id }
  if (area === 'devices') return id === undefined ? { page: 'devices' } : { page: 'device', id }
  if (area === 'administration') return { page: 'administration', tab: isOneOf(administrationTabs, id) ? id : 'users' }
  return { page: isOneOf(plain, area) ? area : 'queue' }
}

export const pathOfIncident = (id: string): string => `/incidents/${encodeURIComponent(id)}`
export const pathOfDevice = (id: string): string => `/devices/${encodeURIComponent(id)}`
export const pathOf = (page: 'queue' | 'devices' | 'administration' | (typeof plain)[number]): string =>
  page === 'queue' ? '/' : `/${page}`

const changed = 'lifeline:route'

/** Goes to an address of the app without loading the page anew. */
export function go(path: string): void {
  history.pushState(null, '', path)
  window.dispatchEvent(new Event(changed))
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(listen, () => location.pathname + location.hash))
}

function listen(listener: () => void): () => void {
  for (const event of ['popstate', 'hashchange', changed]) window.addEventListener(event, listener)
  return () => {
    for (const event of ['popstate', 'hashchange', changed]) window.removeEventListener(event, listener)
  }
}
