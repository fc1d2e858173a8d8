import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** What befalls links; `delayMs` is added to each way. */
export type LinkTrouble = 'cut' | 'silent' | { readonly delayMs: number }

interface Link {
  readonly client: Socket
  readonly server: Socket
  /** What the client calls itself in its CONNECT; empty before that. */
  name: string
}

/** A TCP proxy in front of nats-server that cuts, silences or slows the links of clients by their names. */
export class TcpProxy {
  readonly url: string
  readonly #close: () => void
  readonly #links: Set<Link>
  readonly #troubles: Map<string, LinkTrouble>

  private constructor(port: number, links: Set<Link>, troubles: Map<string, LinkTrouble>, close: () => void) {
    this.url = `nats://127.0.0.1:${port}`
    this.#links = links
    this.#troubles = troubles
    this.#close = close
  }

  /** @param target `nats://127.0.0.1:4222` */
  static async start(target: string): Promise<TcpProxy> {
    const links = new Set<Link>()
    const troubles = new Map<string, LinkTrouble>()
    const { hostname, port } = new URL(target)
    const server = createServer((client) => {
      const link: Link = { client, server: connect({ host: hostname, port: Number(port), noDelay: true }), name: '' }
      links.add(link)
      carry(link, troubles)
      client.once('close', () => links.delete(link))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new TcpProxy((server.address() as AddressInfo).port, links, troubles, () => server.close())
  }

  /** @param name of a client, or the beginning of several; a silent link loses nothing, it comes when all is well */
  trouble(name: string, trouble: LinkTrouble): void {
    this.#troubles.set(name, trouble)
    this.#apply()
  }

  /** The links of `name` are well again. */
  heal(name: string): void {
    this.#troubles.delete(name)
    this.#apply()
  }

  close(): void {
    this.#close()
    for (const link of this.#links) end(link)
  }

  #apply(): void {
    for (const link of this.#links) settle(link, this.#troubles)
  }
}

function carry(link: Link, troubles: ReadonlyMap<string, LinkTrouble>): void {
  const { client, server } = link
  client.setNoDelay(true)
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    let written: Promise<void> = Promise.resolve()
    from.on('data', (chunk: Buffer) => {
      if (from === client && link.name === '') {
        link.name = /^CONNECT .*?"name":"([^"]*)"/.exec(chunk.toString('latin1'))?.[1] ?? ''
        settle(link, troubles)
      }
      const trouble = troubleOf(link, troubles)
      const due = performance.now() + (typeof trouble === 'object' ? trouble.delayMs : 0)
      written = written.then(async () => {
        const leftMs = due - performance.now()
        if (leftMs > 0) await delay(leftMs)
        if (to.writable) to.write(chunk)
      })
    })
    from.on('error', () => end(link))
    from.on('close', () => end(link))
  }
}

function troubleOf({ name }: Link, troubles: ReadonlyMap<string, LinkTrouble>): LinkTrouble | undefined {
  for (const [of, trouble] of troubles) if (name !== '' && name.startsWith(of)) return trouble
  return undefined
}

function settle(link: Link, troubles: ReadonlyMap<string, LinkTrouble>): void {
  const trouble = troubleOf(link, troubles)
  if (trouble === 'cut') end(link)
  for (const socket of [link.client, link.server]) {
    if (trouble === 'silent') socket.pause()
    else socket.resume()
  }
}

function end({ client, server }: Link): void {
  client.destroy()
  server.destroy()
}
