import type { Role, SessionUser } from '@lifeline/contracts'

const storageKey = 'lifeline.user'

/** Who signed in here last. The session itself is a cookie that no script can read. */
export function storedUser(): SessionUser | undefined {
  const stored = localStorage.getItem(storageKey)
  return stored === null ? undefined : (JSON.parse(stored) as SessionUser)
}

export function storeUser(user: SessionUser | undefined): void {
  if (user === undefined) localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, JSON.stringify(user))
}

const deskRoles: readonly Role[] = ['dispatcher', 'supervisor', 'administrator']

/** Whether the user takes calls. */
export const isDesk = ({ role }: SessionUser): boolean => deskRoles.includes(role)
