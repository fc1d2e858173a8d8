import type { Socket } from 'node:net'
import type { Session } from './client-rights.ts'
import { Connection, type ConnectionHost } from './connection.ts'

/** How often silence is looked for: an exactness of a quarter second for keep-alives that count in seconds. */
const sweepMs = 250
/** TCP finds peers that went away without a word, also where the client wants no keep-alive. */
const tcpKeepAliveMs = 60_000

/** All connections of clients, and the sessions that outlive them. */
export class FrontDoor {
  readonly #host: ConnectionHost
  readonly #connectMs: number
  readonly #connections = new Set<Connection>()
  readonly #byClientId = new Map<string, Connection>()
  readonly #sessions = new Map<string, Session>()
  #timer: NodeJS.Timeout | undefined

  /** @param connectMs from TCP connection to accepted CONNECT */
  constructor(host: Omit<ConnectionHost, 'session' | 'accepted' | 'closed'>, connectMs: number) {
    this.#connectMs = connectMs
    this.#host = {
      ...host,
      session: (clientId, clean) => this.#session(clientId, clean),
      accepted: (connection) => {
        const clientId = connection.rights?.clientId ?? ''
        // [MQTT-3.1.4-2]. The broker does it too, but may forget a client whose predecessor was just closing.
        this.#byClientId.get(clientId)?.close()
        this.#byClientId.set(clientId, connection)
        // The registry may have changed its mind since the secret was looked at.
        this.#review(connection)
      },
      closed: (connection) => {
        this.#connections.delete(connection)
        const clientId = connection.rights?.clientId
        if (clientId !== undefined && this.#byClientId.get(clientId) === connection) this.#byClientId.delete(clientId)
      },
    }
  }

  get connections(): number {
    return this.#connections.size
  }

  start(): void {
    this.#timer = setInterval(() => {
      const now = performance.now()
      for (const connection of this.#connections) connection.checkSilence(now, this.#connectMs)
    }, sweepMs)
  }

  enter(socket: Socket): void {
    socket.setKeepAlive(true, tcpKeepAliveMs)
    this.#connections.add(new Connection(socket, socket.remoteAddress ?? 'unknown', this.#host))
  }

  /** Looks at a client's credential again: it may be gone, have a new secret, or other devices. */
  review(clientId: string): void {
    const connection = this.#byClientId.get(clientId)
    if (connection !== undefined) this.#review(connection)
  }

  /** Forgets a session: its client is no longer known. */
  forget(clientId: string): void {
    this.#sessions.delete(clientId)
  }

  /** Reads no more from anybody. */
  hold(): void {
    for (const connection of this.#connections) connection.hold()
  }

  /** Closes all connections. */
  stop(): void {
    clearInterval(this.#timer)
    for (const connection of this.#connections) connection.close()
  }

  #review(connection: Connection): void {
    if (connection.rights?.valid !== true) connection.refuse('revoked')
  }

  #session(clientId: string, clean: boolean): { session: Session; present: boolean } {
    const kept = clean ? undefined : this.#sessions.get(clientId)
    const session = kept ?? { received: new Set<number>(), nextPacketId: 1 }
    if (clean) this.#sessions.delete(clientId)
    else this.#sessions.set(clientId, session)
    return { session, present: kept !== undefined }
  }
}
