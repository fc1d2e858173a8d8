import type { RescuerView } from '@lifeline/contracts'
import type { Deed } from './outbox.ts'

/** An answer may take so long on a bad connection, ms. */
const timeoutMs = 20_000

export interface Answer {
  readonly status: number
  readonly view: RescuerView | undefined
}

/** The desk's side of the link that this page was opened with. Everything rejects where there is no connection. */
export class LinkApi {
  readonly #base: string

  constructor(token: string) {
    this.#base = `/api/v1/rescuer/${token}`
  }

  open = (): Promise<Answer> => ask(`${this.#base}/open`, { method: 'POST' })

  look = (): Promise<Answer> => ask(this.#base, {})

  send({ key, action, body }: Deed): Promise<Answer> {
    const photo = action === 'photo'
    return ask(`${this.#base}/${action}`, {
      method: 'POST',
      headers: { 'idempotency-key': key, 'content-type': photo ? 'image/jpeg' : 'application/json' },
      body: photo ? Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0)) : body,
    })
  }
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), timeoutMs)
  try {
    const response = await fetch(url, { ...init, signal: ending.signal, cache: 'no-store', credentials: 'same-origin' })
    return { status: response.status, view: response.ok ? ((await response.json()) as RescuerView) : undefined }
  } finally {
    clearTimeout(timer)
  }
}
