import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Two gateways of messages on one server: one takes everything, one is out of order. */
export class DeskGateways {
  readonly #server: Server = createServer((request, response) => {
    request.resume()
    response.writeHead(request.url === '/works' ? 200 : 503).end()
  })

  /** The address of the one that works, or of the other. */
  url(which: 'works' | 'broken'): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${which}`
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(0, '127.0.0.1', resolve)
    })
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }
}
