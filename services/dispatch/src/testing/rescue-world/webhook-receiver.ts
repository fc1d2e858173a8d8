import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { idempotencyHeader, isSigned, signatureHeader } from '../../channels/signature.ts'
import { Heard } from './heard.ts'

/** How a receiver treats a request: `drop` takes it and lets the answer be lost. */
export type Treatment =
  | 'take'
  | 'fail'
  | 'refuse'
  | 'hang'
  | 'drop'
  | { readonly redirectTo: string }
  | { readonly answer: unknown }

export interface Request<T> {
  readonly key: string
  readonly body: T
  readonly at: number
}

/** Another party's end of a signed webhook: checks signatures and drops what it has had, as ours are told to. */
export class WebhookReceiver<T> {
  readonly secret: string
  /** Every message once, however often it was sent. */
  readonly messages = new Heard<Request<T>>()
  /** Every request with its treatment, doubles among them. */
  readonly requests = new Heard<Request<T> & { readonly treatment: Treatment }>()
  /** Requests whose signature did not fit. */
  unsigned = 0
  treat: (body: T) => Treatment
  readonly #server: Server
  readonly #keys = new Set<string>()

  constructor(secret: string, treat: (body: T) => Treatment = () => 'take') {
    this.secret = secret
    this.treat = treat
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`
  }

  start(port = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', resolve)
    })
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const at = Date.now()
    if (!isSigned(this.secret, String(request.headers[signatureHeader]), text, at)) {
      this.unsigned++
      response.writeHead(401).end()
      return
    }
    const body = JSON.parse(text) as T
    const key = String(request.headers[idempotencyHeader])
    const treatment = this.treat(body)
    const taken =
      treatment === 'take' || treatment === 'drop' || (typeof treatment === 'object' && 'answer' in treatment)
    if (taken && !this.#keys.has(key)) {
      this.#keys.add(key)
      this.messages.add({ key, body, at })
    }
    this.requests.add({ key, body, at, treatment })
    reply(response, treatment)
  }
}

function reply(response: ServerResponse, treatment: Treatment): void {
  if (treatment === 'take') response.writeHead(204).end()
  else if (treatment === 'fail') response.writeHead(503).end()
  else if (treatment === 'refuse') response.writeHead(404).end()
  else if (treatment === 'drop') response.destroy()
  else if (treatment === 'hang') response.on('close', () => undefined)
  else if ('redirectTo' in treatment) response.writeHead(307, { location: treatment.redirectTo }).end()
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(treatment.answer))
}
