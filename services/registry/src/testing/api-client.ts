import type { Role } from '@lifeline/contracts'
import { credentialsOf, type RegistryRun } from './registry-run.ts'

/** An answer; its body is parsed JSON, empty where there is none. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

export type Call = (method: string, path: string, body?: unknown) => Promise<Answer>

/** Calls the registry's API with a bearer token, or with none. */
export const apiClient =
  ({ url }: RegistryRun, token?: string): Call =>
  async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    return { status: response.status, headers: response.headers, body: parsed }
  }

/** Signs in the user of a role with the password of the credentials file. */
export async function signInAs(run: RegistryRun, role: Role): Promise<Call> {
  const user = (await credentialsOf(run)).users.find((candidate) => candidate.role === role)
  const { name, password } = user ?? {}
  const { body } = await apiClient(run)('POST', '/api/v1/session', { name, password })
  return apiClient(run, String(body.token))
}

/** The device ids of a list that was answered. */
export const idsOf = ({ body }: Answer): string[] =>
  (body.items as { readonly deviceId: string }[]).map(({ deviceId }) => deviceId)
