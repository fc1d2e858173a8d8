import { randomBytes, randomUUID } from 'node:crypto'
import {
  type RescuerAction,
  type RescuerBody,
  type RescuerView,
  rescuerCookie,
  rescuerViewSchema,
} from '@lifeline/contracts'

export interface CrewAnswer {
  readonly status: number
  /** Undefined where the request was refused. */
  readonly view: RescuerView | undefined
}

/** A rescuer's browser with one link open, as the page behind the link uses the API. */
export class CrewPhone {
  readonly #api: string
  readonly #cookie: string

  /**
   * @param link as it came in a message
   * @param deskUrl of the service that answers the API
   * @param browser its cookie; another browser has another
   */
  constructor(link: string, deskUrl: string, browser: string = newBrowser()) {
    this.#api = `${deskUrl}/api/v1/rescuer/${link.slice(link.lastIndexOf('/') + 1)}`
    this.#cookie = `${rescuerCookie}=${browser}`
  }

  open(): Promise<CrewAnswer> {
    return this.#call('POST', '/open')
  }

  look(): Promise<CrewAnswer> {
    return this.#call('GET', '')
  }

  /** @param key the same for a repetition */
  act<A extends RescuerAction>(action: A, body: RescuerBody<A>, key: string = randomUUID()): Promise<CrewAnswer> {
    return this.#call('POST', `/${action}`, JSON.stringify(body), { 'idempotency-key': key })
  }

  photo(jpeg: Uint8Array, key: string = randomUUID()): Promise<CrewAnswer> {
    return this.#call('POST', '/photo', jpeg, { 'idempotency-key': key, 'content-type': 'image/jpeg' })
  }

  async #call(
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<CrewAnswer> {
    const response = await fetch(`${this.#api}${path}`, {
      method,
      headers: {
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Blob([new Uint8Array(body)]) }),
    })
    const answer: unknown = await response.json()
    return { status: response.status, view: response.ok ? rescuerViewSchema.parse(answer) : undefined }
  }
}

export const newBrowser = (): string => randomBytes(32).toString('base64url')
