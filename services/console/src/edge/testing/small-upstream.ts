import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A real HTTP server on a free port, as little of a service as a test needs. */
export interface SmallUpstream {
  readonly url: string
  stop(): Promise<void>
}

export function startUpstream(answer: Answer): Promise<SmallUpstream> {
  const server: Server = createServer(answer)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') return reject(new Error('not a TCP address'))
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            server.closeAllConnections()
          }),
      })
    })
  })
}

/** Answers by path with a status and a JSON body or text; 404 where nothing is given. */
export function answers(by: Readonly<Record<string, readonly [status: number, body: unknown]>>): Answer {
  return (request, response) => {
    const [status, body] = by[request.url ?? ''] ?? [404, { title: 'Not found' }]
    const text = typeof body === 'string'
    response.writeHead(status, { 'content-type': text ? 'text/plain; version=0.0.4' : 'application/json' })
    response.end(text ? body : JSON.stringify(body))
  }
}
