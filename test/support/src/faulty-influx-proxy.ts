import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a proxy does with a write instead of passing it on; `also` passes it on and then answers so. */
export type InfluxFault =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Ends the connection without an answer, */
  | 'cut'
  /** in the middle of an answer, */
  | 'half'
  /** or after InfluxDB has stored the lines. */
  | 'cut_after_storing'
  /** Never answers. */
  | 'silent'

/** A real HTTP server before InfluxDB, for tests: passes everything on but the writes that `nextFault` spoils. */
export async function startFaultyInfluxProxy(
  target: string,
  nextFault: () => InfluxFault | undefined,
): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((incoming, answer) => {
    const fault = incoming.url?.startsWith('/write') ? nextFault() : undefined
    if (fault === undefined) return pass(target, incoming, answer)
    if (fault === 'cut_after_storing') return pass(target, incoming, answer, () => answer.destroy())
    incoming.resume().once('end', () => spoil(answer, fault))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function spoil(answer: ServerResponse, fault: Exclude<InfluxFault, 'cut_after_storing'>): void {
  if (fault === 'silent') return
  if (fault === 'cut') {
    answer.destroy()
  } else if (fault === 'half') {
    answer.socket?.end('HTTP/1.1 204 No')
  } else {
    answer.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(fault.body)
  }
}

function pass(target: string, incoming: IncomingMessage, answer: ServerResponse, instead?: () => void): void {
  const { method = 'GET', url = '/', headers } = incoming
  const onward = request(`${target}${url}`, { method, headers }, (response) => {
    if (instead !== undefined) {
      response.resume().once('end', instead)
      return
    }
    answer.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(answer)
  })
  onward.once('error', () => answer.destroy())
  incoming.pipe(onward)
}
