import { randomBytes, randomUUID } from 'node:crypto'
import { rescuerCookie } from '@lifeline/contracts'

/** A crew that works through its link, as its phone does. */
export class DeskCrew {
  readonly #base: string
  readonly #cookie = `${rescuerCookie}=${randomBytes(32).toString('base64url')}`

  /** @param link as the desk gave it; @param url of the console */
  constructor(link: string, url: string) {
    this.#base = `${url}/api/v1/rescuer/${new URL(link).pathname.split('/').at(-1)}`
  }

  /** @throws Error for any answer but 2xx */
  async tell(action: string, body: object | Buffer<ArrayBuffer> = {}): Promise<void> {
    const isPhoto = Buffer.isBuffer(body)
    const answer = await fetch(`${this.#base}/${action}`, {
      method: 'POST',
      headers: {
        cookie: this.#cookie,
        'idempotency-key': randomUUID(),
        'content-type': isPhoto ? 'image/jpeg' : 'application/json',
      },
      body: isPhoto ? new Uint8Array(body) : JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
  }
}
