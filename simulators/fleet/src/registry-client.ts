import { type Equipment, equipmentSchema } from '@lifeline/contracts'
import { z } from 'zod'
import type { Credentials } from './credentials.ts'

const sessionSchema = z.object({ token: z.string() })
const pageSchema = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullish() })
const seenSchema = z.object({ lastSeenAt: z.number().nullish() })

/** A registered device, and when the product heard it last. */
export type RegisteredDevice = Equipment & { readonly lastSeenAt?: number }

/** Thrown where the API does not answer as it should. */
export class ApiError extends Error {
  readonly code = 'API_UNUSABLE'
  override readonly name = 'ApiError'
}

/** The part of the HTTP API that a fleet needs. */
export class RegistryClient {
  readonly #url: string
  readonly #token: string

  private constructor(url: string, token: string) {
    this.#url = url
    this.#token = token
  }

  /**
   * Signs in by the simulators' own account; with credentials of before there was one, as whoever is shown cards.
   * @param url where `/api/v1` answers
   * @throws ApiError
   */
  static async signIn(url: string, { users }: Pick<Credentials, 'users'>): Promise<RegistryClient> {
    const user =
      users.find(({ name }) => name === 'simulators') ??
      users.find(({ role }) => role === 'dispatcher' || role === 'administrator')
    if (user === undefined) throw new ApiError('the credentials hold no user “simulators” to sign in as')
    const { name, password } = user
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ name, password })
    const answer = await answerOf(url, '/api/v1/session', { method: 'POST', headers, body })
    return new RegistryClient(url, parsed(sessionSchema, answer, '/api/v1/session').token)
  }

  /** All registered devices. @throws ApiError */
  async devices(): Promise<RegisteredDevice[]> {
    const items = await this.list('/api/v1/devices', {})
    return items.map((item) => {
      const { lastSeenAt } = parsed(seenSchema, item, '/api/v1/devices')
      return { ...parsed(equipmentSchema, item, '/api/v1/devices'), ...(lastSeenAt == null ? {} : { lastSeenAt }) }
    })
  }

  /** All items of a list, page by page. @throws ApiError */
  async list(path: string, query: Readonly<Record<string, string>>): Promise<unknown[]> {
    const items: unknown[] = []
    let cursor: string | undefined
    do {
      const search = new URLSearchParams({ ...query, ...(cursor === undefined ? {} : { cursor }) })
      const answer = await answerOf(this.#url, `${path}?${search}`, {
        headers: { authorization: `Bearer ${this.#token}` },
      })
      const page = parsed(pageSchema, answer, path)
      items.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    return items
  }
}

async function answerOf(url: string, path: string, request: RequestInit): Promise<unknown> {
  const where = new URL(path, url)
  const response = await fetch(where, { ...request, signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => {
    throw new ApiError(`${where.href} cannot be reached`, { cause: error })
  })
  if (!response.ok) throw new ApiError(`${where.href} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

function parsed<S extends z.ZodType>(schema: S, answer: unknown, path: string): z.infer<S> {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  throw new ApiError(`${path} answered what is not expected: ${z.prettifyError(result.error)}`, { cause: result.error })
}
