import { useSyncExternalStore } from 'react'

/** Where in the app somebody is. */
export type Route = { readonly page: 'queue' } | { readonly page: 'incident'; readonly id: string }

export function routeOf(path: string): Route {
  const id = /^\/incidents\/([^/]+)$/.exec(path)?.[1]
  return id === undefined ? { page: 'queue' } : { page: 'incident', id: decodeURIComponent(id) }
}

export const pathOfIncident = (id: string): string => `/incidents/${encodeURIComponent(id)}`

const changed = 'lifeline:route'

/** Goes to an address of the app without loading the page anew. */
export function go(path: string): void {
  history.pushState(null, '', path)
  window.dispatchEvent(new Event(changed))
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(listen, () => location.pathname))
}

function listen(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  window.addEventListener(changed, listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener(changed, listener)
  }
}
