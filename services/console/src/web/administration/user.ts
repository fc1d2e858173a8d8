import type { Role } from '@lifeline/contracts'

/** Somebody who may sign in, as the API gives it. */
export interface User {
  readonly name: string
  readonly role: Role
  readonly unitId?: string
  readonly disabled: boolean
}

/** Told once, by whoever made it. */
export interface NewPassword {
  readonly name: string
  readonly password: string
}

/** @returns the path of a user below `/api/v1` */
export const pathOfUser = (name: string): string => `/users/${encodeURIComponent(name)}`
