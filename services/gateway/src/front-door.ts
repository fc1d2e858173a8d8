import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Session } from './client-rights.ts'
import { Connection, type ConnectionHost } from './connection.ts'
import { firstBytes } from './first-bytes.ts'
import type { Peer } from './peer.ts'
import { beginsHttp, webSocketDoor } from './web-socket.ts'

/** How often silence is looked for: an exactness of a quarter second for keep-alives that count in seconds. */
const sweepMs = 250
/** TCP finds peers that went away without a word, also where the client wants no keep-alive. */
const tcpKeepAliveMs = 60_000

/** A WebSocket frame may hold several packets, or a part of one. */
const maxWebSocketFrame = 1024 * 1024

/** All connections of clients, and the sessions that outlive them. */
export class FrontDoor {
  readonly #host: ConnectionHost
  readonly #connectMs: number
  readonly #connections = new Set<Connection>()
  readonly #byClientId = new Map<string, Connection>()
  readonly #sessions = new Map<string, Session>()
  /** Who is behind a socket that is becoming a WebSocket. */
  readonly #webPeers = new WeakMap<Duplex, Peer>()
  readonly #upgrade: (socket: Duplex) => void
  #timer: NodeJS.Timeout | undefined

  /** @param connectMs from TCP connection to accepted CONNECT */
  constructor(host: Omit<ConnectionHost, 'session' | 'accepted' | 'closed'>, connectMs: number) {
    this.#connectMs = connectMs
    this.#upgrade = webSocketDoor(maxWebSocketFrame, connectMs, (stream, socket) => {
      const peer = this.#webPeers.get(socket)
      if (peer !== undefined) this.#connect(stream, peer)
    })
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

  /** Takes a connection, MQTT itself or within a WebSocket, as its first byte says. */
  enter(socket: Socket, peer: Peer): void {
    socket.setKeepAlive(true, tcpKeepAliveMs)
    firstBytes(socket, this.#connectMs, (bytes) => {
      if (bytes === undefined) this.#host.refuseConnection('connect_timeout', peer.address)
      else if (beginsHttp(bytes)) {
        this.#webPeers.set(socket, peer)
        this.#upgrade(socket)
        socket.resume()
      } else this.#connect(socket, peer)
    })
  }

  #connect(stream: Duplex, peer: Peer): void {
    this.#connections.add(new Connection(stream, peer, this.#host))
    stream.resume()
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
