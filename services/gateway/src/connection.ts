import type { Duplex } from 'node:stream'
import { BrokerLink, type LinkOwner } from './broker-link.ts'
import type { Admit, ClientRights, ClientUplink, Refusal, Session } from './client-rights.ts'
import { type Connect, connack, connectForBroker, packetOf, readConnect } from './connect-packet.ts'
import { checkFixedHeader, packetTypes } from './control-packets.ts'
import { DownFlow } from './down-flow.ts'
import { PacketFields } from './packet-fields.ts'
import { PacketError, PacketReader, type PacketSink } from './packet-reader.ts'
import type { Peer } from './peer.ts'
import type { Pressure } from './pressure.ts'
import { readPublish } from './publish-packet.ts'
import { checkSubscribe, checkUnsubscribe, type FilterLimits } from './subscribe-packet.ts'

/** Bytes that one read can bring; when it did, the others' turn comes before more is read from this one. */
const readBytes = 64 * 1024
/** How long a closed connection may take to read the last answer. */
const lingerMs = 1_000

export interface ConnectionLimits extends FilterLimits {
  readonly maxUnacknowledged: number
  readonly maxBytes: number
  readonly maxControlBytes: number
  /** Messages down that the client has not answered. */
  readonly maxInflight: number
}

const wrongLevel: Refusal = { returnCode: 1, reason: 'protocol_level' }

/** What a connection needs of those around it. */
export interface ConnectionHost {
  readonly limits: ConnectionLimits
  readonly pressure: Pressure
  /** Decides whether a client is let in. */
  readonly admit: Admit
  /** Hands a client to the broker. */
  readonly introduce: (link: BrokerLink<Connection>) => void
  /** The client's session, and whether it is one that was kept. */
  readonly session: (clientId: string, clean: boolean) => { readonly session: Session; readonly present: boolean }
  readonly refuseFrame: (reason: string, client: string) => void
  readonly refuseConnection: (reason: string, client: string) => void
  readonly accepted: (connection: Connection) => void
  readonly closed: (connection: Connection) => void
}

/**
 * One client's connection. PUBLISH and PUBREL are taken out and go to the log; everything else is the broker's, which
 * keeps sessions and subscriptions. Reading stops while too much of what was read waits to be stored.
 */
export class Connection implements PacketSink, LinkOwner {
  readonly #openedAt = performance.now()
  readonly #socket: Duplex
  readonly #peer: Peer
  readonly #host: ConnectionHost
  readonly #reader = new PacketReader(this)
  #state: 'new' | 'connecting' | 'open' | 'closed' = 'new'
  #link: BrokerLink<Connection> | undefined
  #uplink: ClientUplink | undefined
  /** There once something has gone down. */
  #down: DownFlow | undefined
  /** Set once it is let in. */
  #rights: ClientRights | undefined
  #session: { readonly session: Session; readonly present: boolean } | undefined
  #willVoid = false
  #keepAliveMs = 0
  /** Monotonic, as all that is about silence: a clock set right must not cut anybody. */
  #lastPacketAt = performance.now()
  #readAt = performance.now()
  /** What records are stamped with. */
  #receivedAt = Date.now()
  #paused = false
  #brokerFull = false
  #turnTaken = false
  #held = false

  constructor(socket: Duplex, peer: Peer, host: ConnectionHost) {
    this.#socket = socket
    this.#peer = peer
    this.#host = host
    socket.on('data', (chunk: Buffer) => this.#input(chunk))
    socket.on('drain', () => this.#regulate())
    socket.on('end', () => this.close())
    socket.on('close', () => this.close())
    // 'close' follows; a client that breaks off is no fault of ours.
    socket.on('error', () => undefined)
  }

  /** The client took its leave, so its will is not to be published ([MQTT-3.1.2-10]). */
  get willVoid(): boolean {
    return this.#willVoid
  }

  get closed(): boolean {
    return this.#state === 'closed'
  }

  get session(): Session | undefined {
    return this.#session?.session
  }

  get rights(): ClientRights | undefined {
    return this.#rights
  }

  /** Who it is, for logs: the user name, or the address of one who has not signed in. */
  get client(): string {
    return this.#rights?.name ?? this.#peer.address
  }

  /**
   * Closes it where its client has been silent for too long ([MQTT-3.1.2-24]) or has not signed in by then.
   * @param now milliseconds of the monotonic clock
   */
  checkSilence(now: number, connectMs: number): void {
    if (this.#state === 'open') {
      // What is not read cannot be heard: a client is not silent while it is held back.
      if (this.#paused) this.#lastPacketAt = now
      else if (this.#keepAliveMs > 0 && now - this.#lastPacketAt > this.#keepAliveMs) this.refuse('keep_alive')
    } else if (this.#state !== 'closed' && now - this.#openedAt > connectMs) this.refuse('connect_timeout')
  }

  /** Reads no more. */
  hold(): void {
    this.#held = true
    this.#regulate()
  }

  /** Ends the connection for a reason of ours, which is counted. */
  refuse(reason: string): void {
    if (this.#state === 'closed') return
    this.#host.refuseConnection(reason, this.client)
    this.close()
  }

  /** Ends the connection; what it has sent is stored all the same. The broker publishes its will. */
  close(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#uplink?.flush()
    this.#host.pressure.forget(this.#resume)
    this.#link?.destroy()
    this.#host.closed(this)
    // Let what was written last arrive: closing with unread input would throw it away.
    if (!this.#socket.destroyed) {
      this.#socket.end()
      this.#socket.resume()
      const timer = setTimeout(() => this.#socket.destroy(), lingerMs)
      this.#socket.once('close', () => clearTimeout(timer))
    }
  }

  header(first: number, length: number): void {
    const isConnect = first >> 4 === packetTypes.connect
    if (isConnect !== (this.#state === 'new')) {
      throw new PacketError('CONNECT is the first packet and only that [MQTT-3.1.0-1] [MQTT-3.1.0-2]')
    }
    checkFixedHeader(first, length, this.#host.limits.maxControlBytes)
  }

  packet(first: number, bytes: Buffer, start: number, end: number, skipped: number): boolean {
    this.#lastPacketAt = this.#readAt
    const type = first >> 4
    if (type === packetTypes.publish && this.#uplink !== undefined) {
      const refused = this.#uplink.publish(readPublish(first, bytes, start, end, skipped), this.#receivedAt)
      if (refused !== undefined) {
        this.#host.refuseFrame(refused, this.client)
        this.close()
      }
    } else if (type === packetTypes.pubrel) this.#uplink?.release(packetIdOf(bytes, start))
    else if (type === packetTypes.connect) this.#connect(bytes, start, end)
    else if (type === packetTypes.disconnect) {
      this.#willVoid = true
      this.close()
    } else {
      this.#check(type, bytes, start, end)
      this.#brokerFull = this.#link?.push(packetOf(first, bytes.subarray(start, end))) === false
    }
    return this.#state === 'open'
  }

  /** What goes to the broker is right: it is not made to look at what a stranger may send. */
  #check(type: number, bytes: Buffer, start: number, end: number): void {
    if (type === packetTypes.subscribe) checkSubscribe(bytes, start, end, this.#host.limits)
    else if (type === packetTypes.unsubscribe) checkUnsubscribe(bytes, start, end, this.#host.limits)
    else if (type !== packetTypes.pingreq) {
      const packetId = packetIdOf(bytes, start)
      this.#down?.answered(type, packetId)
    }
  }

  send(bytes: Buffer, sent: () => void): void {
    // The broker calls a session one only while it has subscriptions; [MQTT-3.2.2-2] has no such condition.
    if (this.#state === 'connecting' && bytes[0] === 0x20) {
      bytes = Buffer.concat([connack(0, this.#session?.present === true), bytes.subarray(4)])
    } else if (bytes[0] !== 0xd0) {
      this.#down ??= new DownFlow(this.#host.limits.maxInflight)
      this.#down.sent(bytes)
      if (this.#down.overfull) this.refuse('inflight')
    }
    if (!this.#socket.writable || this.#socket.write(bytes)) sent()
    else this.#socket.once('drain', sent)
  }

  wantsMore(): void {
    this.#brokerFull = false
    this.#regulate()
  }

  accepted(): void {
    const rights = this.#rights
    const session = this.session
    if (this.#state !== 'connecting' || rights === undefined || session === undefined) return
    this.#state = 'open'
    const answer = (answers: Buffer): void => void (this.#socket.writable && this.#socket.write(answers))
    this.#uplink = rights.uplink(session, answer, () => this.#regulate())
    this.#host.accepted(this)
    this.#lastPacketAt = performance.now()
    this.#read(() => this.#reader.resume())
  }

  brokerClosed(): void {
    this.close()
  }

  #input(chunk: Buffer): void {
    if (this.#state === 'closed') return
    if (chunk.length >= readBytes) this.#endTurn()
    this.#read(() => this.#reader.push(chunk))
  }

  #read(read: () => void): void {
    this.#readAt = performance.now()
    this.#receivedAt = Date.now()
    try {
      read()
    } catch (error) {
      if (!(error instanceof PacketError)) throw error
      this.refuse('protocol')
    }
    this.#uplink?.flush()
    this.#regulate()
  }

  #connect(bytes: Buffer, start: number, end: number): void {
    const connect = readConnect(bytes, start, end)
    const admission = connect === undefined ? wrongLevel : this.#host.admit(connect, this.#peer)
    if ('reason' in admission) this.#turnAway(admission)
    else if (connect !== undefined) this.#letIn(admission, connect)
  }

  #letIn(rights: ClientRights, { keepAliveSeconds, clean, will }: Connect): void {
    this.#rights = rights
    this.#state = 'connecting'
    this.#keepAliveMs = keepAliveSeconds * 1_500
    this.#session = this.#host.session(rights.clientId, clean)
    this.#link = new BrokerLink<Connection>(this)
    this.#host.introduce(this.#link)
    this.#link.push(connectForBroker(rights.clientId, clean, will))
  }

  /** [MQTT-3.1.4-5] [MQTT-3.2.2-5] */
  #turnAway({ returnCode, reason }: Refusal): void {
    this.#socket.write(connack(returnCode, false))
    this.refuse(reason)
  }

  #endTurn(): void {
    this.#turnTaken = true
    setImmediate(() => {
      this.#turnTaken = false
      this.#regulate()
    })
  }

  readonly #resume = (): void => this.#regulate()

  /** Reads on or not, as there is room. */
  #regulate(): void {
    if (this.#state === 'closed') return
    const { limits, pressure } = this.#host
    if (pressure.full) pressure.wait(this.#resume)
    const hold =
      this.#state === 'connecting' ||
      this.#turnTaken ||
      this.#held ||
      this.#brokerFull ||
      this.#socket.writableNeedDrain ||
      pressure.full ||
      (this.#uplink !== undefined &&
        (this.#uplink.publishes >= limits.maxUnacknowledged || this.#uplink.bytes >= limits.maxBytes))
    if (hold === this.#paused) return
    this.#paused = hold
    if (hold) this.#socket.pause()
    else this.#socket.resume()
  }
}

/** The packet id that an answer of a client begins with; never 0. */
const packetIdOf = (bytes: Buffer, start: number): number => new PacketFields(bytes, start, start + 2).packetId()
