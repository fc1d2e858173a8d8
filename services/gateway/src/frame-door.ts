import type { Server } from 'node:net'
import { FrameConnection, type FrameConnectionHost } from './frame-connection.ts'
import { listen, type Place } from './listen.ts'

/** The port for devices that speak frames over plain TCP. */
export class FrameDoor {
  readonly #host: FrameConnectionHost
  readonly #connections = new Set<FrameConnection>()
  #server: Server | undefined

  constructor(host: Omit<FrameConnectionHost, 'closed'>) {
    this.#host = { ...host, closed: (connection) => void this.#connections.delete(connection) }
  }

  /**
   * @param maxConnections further ones are closed at once
   * @returns where it listens
   */
  async start(place: Place, maxConnections: number): Promise<ReturnType<Server['address']>> {
    const server = await listen(place, (socket) => {
      this.#connections.add(new FrameConnection(socket, this.#host))
      socket.resume()
    })
    server.maxConnections = maxConnections
    server.on('drop', (connection) =>
      this.#host.refuseConnection('too_many_connections', connection?.remoteAddress ?? 'unknown'),
    )
    this.#server = server
    return server.address()
  }

  /** Lets nobody in and reads no more. */
  hold(): void {
    this.#server?.close()
    for (const connection of this.#connections) connection.hold()
  }

  /** Closes all connections. */
  stop(): void {
    for (const connection of this.#connections) connection.close()
  }
}
