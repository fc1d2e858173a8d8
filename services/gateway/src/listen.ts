import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/**
 * Connections that may wait to be taken, as far as the system lets them (`net.core.somaxconn`): those beyond knock again
 * after 1, 2, 4 and more seconds, and whoever is unlucky in a storm is out for a minute.
 */
const backlog = 16_384

/** Where to listen. */
export interface Place {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** Whether other gateways of this machine listen there, too: the system deals the connections out (SO_REUSEPORT). */
  readonly shared: boolean
  /** Variable that the port was read from. */
  readonly variable: string
}

/**
 * Listens for TCP connections. What `enter` gets is paused.
 * @throws Error naming the variable where the port cannot be had
 */
export async function listen(place: Place, enter: (socket: Socket) => void): Promise<Server> {
  // Answers are small and awaited: none may wait for another to fill a segment. Of thousands that knock at once not all
  // are read in the turn in which they are taken.
  const server = createServer({ noDelay: true, pauseOnConnect: true }, enter)
  await bound(server, place)
  return server
}

/** Resolves when a server listens. @throws Error naming the variable where the port cannot be had */
export async function bound(server: Server, { host, port, shared, variable }: Place): Promise<void> {
  server.listen({ port, host, backlog, reusePort: shared })
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new Error(`${variable} ${port} on ${host} cannot be listened on`, { cause: error })
  }
}
