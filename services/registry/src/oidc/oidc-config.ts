import { idSchema, roleSchema } from '@lifeline/contracts'
import { z } from 'zod'

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])
const unitRoles: readonly string[] = ['maintenance', 'rescuer']

/** What somebody is at the desk. */
const standingSchema = z
  .strictObject({ role: roleSchema, unitId: idSchema.optional() })
  .refine(({ role, unitId }) => unitRoles.includes(role) === (unitId !== undefined), {
    error: 'maintenance and rescuer need a unitId, the others have none',
  })
export type Standing = z.infer<typeof standingSchema>

const roleClaimSchema = z.strictObject({ claim: z.string().min(1), values: z.record(z.string(), standingSchema) })

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' })
    return z.NEVER
  }
})

/** The variables of sign-in by OpenID Connect: all of them, or none. */
export const oidcVariables = {
  /** The provider; its `/.well-known/openid-configuration` is read. */
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.startsWith('https:') || (URL.canParse(url) && loopback.has(new URL(url).hostname)), {
      error: 'https, or a loopback address',
    })
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** `{ "claim": "groups", "values": { "desk": { "role": "dispatcher" } } }`: the first value that fits counts. */
  OIDC_ROLE_CLAIM: json.pipe(roleClaimSchema).optional(),
}

export interface OidcConfig {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly roleClaim: z.infer<typeof roleClaimSchema>
}
type Variables = z.infer<z.ZodObject<typeof oidcVariables>>

/** Names each variable that is missing where another is set. */
export function allOrNone(variables: Variables, context: z.RefinementCtx): void {
  const names = Object.keys(oidcVariables) as (keyof typeof oidcVariables)[]
  const missing = names.filter((name) => variables[name] === undefined)
  if (missing.length === names.length) return
  for (const name of missing) {
    context.addIssue({ code: 'custom', path: [name], message: 'needed where another OIDC variable is set' })
  }
}

/** Undefined where people sign in with local accounts alone. */
export function oidcConfig(variables: Variables): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = variables
  const { OIDC_ROLE_CLAIM: roleClaim } = variables
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || roleClaim === undefined) {
    return undefined
  }
  return { issuer, clientId, clientSecret, roleClaim }
}
