import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Session } from './client-rights.ts'
import { Connection } from './connection.ts'
import type { ConnectionHost, SessionFound } from './connection-host.ts'
import { endInTurn } from './end-in-turn.ts'
import { firstBytes } from './first-bytes.ts'
import { GuessBackOff, type GuessLimits } from './guess-back-off.ts'
import type { Peer } from './peer.ts'
import { Turnstile } from './turnstile.ts'
import { beginsHttp, webSocketDoor } from './web-socket.ts'

/** How often silence is looked for: an exactness of a quarter second for keep-alives that count in seconds. */
const sweepMs = 250
/** TCP finds peers that went away without a word, also where the client wants no keep-alive. */
const tcpKeepAliveMs = 60_000

export interface DoorLimits {
  readonly maxConnections: number
  readonly maxPerAddress: number
  /** Bytes: it may hold several packets, or a part of one. */
  readonly maxWebSocketFrame: number
  readonly guesses: GuessLimits
}

/** All connections of clients, and the sessions that outlive them. */
export class FrontDoor {
  readonly #host: ConnectionHost
  readonly #limits: DoorLimits
  readonly #connections = new Set<Connection>()
  /** ms since the Unix epoch at which each signed in. */
  readonly #byClientId = new Map<string, { readonly connection: Connection; readonly at: number }>()
  readonly #sessions = new Map<string, Session>()
  readonly #guesses: GuessBackOff
  readonly #turnstile = new Turnstile()
  readonly #byAddress = new Map<string, number>()
  #sockets = 0
  /** Who is behind a socket that is becoming a WebSocket. */
  readonly #webPeers = new WeakMap<Duplex, Peer>()
  readonly #upgrade: (socket: Duplex) => void
  #timer: NodeJS.Timeout | undefined

  /** @param signedIn hears of each client that is let in, and when: ms since the Unix epoch */
  constructor(
    host: Omit<ConnectionHost, 'inTurn' | 'session' | 'accepted' | 'closed' | 'delay'>,
    limits: DoorLimits,
    signedIn: (clientId: string, at: number) => void,
  ) {
    this.#limits = limits
    this.#guesses = new GuessBackOff(limits.guesses)
    this.#upgrade = webSocketDoor(limits.maxWebSocketFrame, host.limits.connectMs, (stream, socket) => {
      const peer = this.#webPeers.get(socket)
      if (peer !== undefined) this.#connect(stream, peer)
    })
    this.#host = {
      ...host,
      inTurn: (step) => this.#turnstile.goOn(step),
      delay: (address, username, good) => this.#guesses.delay(address, username, good, performance.now()),
      session: (clientId, clean) => this.#session(clientId, clean),
      accepted: (connection) => {
        const clientId = connection.rights?.clientId ?? ''
        // [MQTT-3.1.4-2]
        this.#byClientId.get(clientId)?.connection.close()
        const at = Date.now()
        this.#byClientId.set(clientId, { connection, at })
        signedIn(clientId, at)
        // The registry may have changed its mind since the secret was looked at.
        this.#review(connection)
      },
      closed: (connection) => {
        this.#connections.delete(connection)
        const clientId = connection.rights?.clientId
        if (clientId === undefined || this.#byClientId.get(clientId)?.connection !== connection) return
        this.#byClientId.delete(clientId)
      },
    }
  }

  get connections(): number {
    return this.#connections.size
  }

  start(): void {
    this.#timer = setInterval(() => {
      const now = performance.now()
      for (const connection of this.#connections) connection.checkSilence(now)
    }, sweepMs)
  }

  /** Takes a connection of which nothing is read yet: MQTT itself or within a WebSocket, as its first byte says. */
  enter(socket: Socket, peer: Peer): void {
    const { address } = peer
    const reason = this.#crowded(address)
    if (reason !== undefined) {
      this.#host.refuseConnection(reason, address)
      socket.destroy()
      return
    }
    endInTurn(socket, this.#host.inTurn)
    this.#count(address, 1)
    socket.once('close', () => this.#count(address, -1))
    // A client that breaks off is no fault of ours.
    socket.on('error', () => undefined)
    this.#turnstile.enter(() => this.#begin(socket, peer))
  }

  #begin(socket: Socket, peer: Peer): void {
    if (socket.destroyed) return
    const { address } = peer
    socket.setKeepAlive(true, tcpKeepAliveMs)
    firstBytes(socket, this.#host.limits.connectMs, (bytes) => {
      if (bytes === undefined) this.#host.refuseConnection('connect_timeout', address)
      else if (beginsHttp(bytes)) {
        this.#webPeers.set(socket, peer)
        this.#upgrade(socket)
        socket.resume()
      } else this.#turnstile.goOn(() => this.#connect(socket, peer))
    })
    socket.resume()
  }

  #crowded(address: string): string | undefined {
    if (this.#sockets >= this.#limits.maxConnections) return 'too_many_connections'
    return (this.#byAddress.get(address) ?? 0) >= this.#limits.maxPerAddress ? 'too_many_from_address' : undefined
  }

  #count(address: string, change: 1 | -1): void {
    this.#sockets += change
    const count = (this.#byAddress.get(address) ?? 0) + change
    if (count === 0) this.#byAddress.delete(address)
    else this.#byAddress.set(address, count)
  }

  #connect(stream: Duplex, peer: Peer): void {
    if (stream.destroyed) return
    this.#connections.add(new Connection(stream, peer, this.#host))
    stream.resume()
  }

  /** Looks at a client's credential again: it may be gone, have a new secret, or other devices. */
  review(clientId: string): void {
    const current = this.#byClientId.get(clientId)
    if (current !== undefined) this.#review(current.connection)
  }

  /**
   * Ends the connection of a client that has signed in elsewhere since ([MQTT-3.1.4-2]). Its will is not told: that
   * would say it is gone after it has said elsewhere that it is there.
   * @param at ms since the Unix epoch
   */
  takenOver(clientId: string, at: number): void {
    const current = this.#byClientId.get(clientId)
    if (current !== undefined && current.at < at) current.connection.leave()
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

  #session(clientId: string, clean: boolean): SessionFound {
    const kept = this.#sessions.get(clientId)
    const present = kept !== undefined && !clean
    const session = present ? kept : { received: new Set<number>(), nextPacketId: 1 }
    if (clean) this.#sessions.delete(clientId)
    else this.#sessions.set(clientId, session)
    return { session, present, kept: kept !== undefined }
  }
}
