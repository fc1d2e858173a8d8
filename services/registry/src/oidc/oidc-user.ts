import type { SessionUser } from '@lifeline/contracts'
import type { OidcConfig } from './oidc-config.ts'

/** Longest name of a user, as it stands in timelines. */
const maxName = 128

export type Claims = Readonly<Record<string, unknown>>

/**
 * Who somebody is at the desk by what the provider says; undefined where none of the claim's values is a role here. The
 * name has an `@`, which no local account's has: nobody can pass for one of those.
 */
export function userOf(claims: Claims, { issuer, roleClaim }: OidcConfig): SessionUser | undefined {
  const said = claims[roleClaim.claim]
  const values: readonly unknown[] = Array.isArray(said) ? said : [said]
  const standings = Object.entries(roleClaim.values)
  const [, standing] = standings.find(([value]) => values.includes(value)) ?? []
  const name = [claims.preferred_username, claims.email, claims.sub].find(isName)
  if (standing === undefined || name === undefined) return undefined
  const { role, unitId } = standing
  return {
    name: name.includes('@') ? name : `${name}@${new URL(issuer).hostname}`,
    role,
    ...(unitId === undefined ? {} : { unitId }),
  }
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maxName && /^[\p{L}\p{N}][\p{L}\p{N} .@_+|:-]*$/u.test(value)
