import type { Duplex } from 'node:stream'
import type { ClientRights, ClientUplink, Refusal, Session } from './client-rights.ts'
import { closeGently } from './close-gently.ts'
import { type Connect, connack, packetOf, readConnect, type Will } from './connect-packet.ts'
import type { ConnectionHost } from './connection-host.ts'
import { checkFixedHeader, packetTypes } from './control-packets.ts'
import { DownLink } from './down-link.ts'
import { packetIdOf } from './packet-fields.ts'
import { PacketError, PacketReader, type PacketSink } from './packet-reader.ts'
import type { Peer } from './peer.ts'
import { readPublish } from './publish-packet.ts'
import { checkSubscribe, checkUnsubscribe } from './subscribe-packet.ts'

/** Bytes that one read can bring; when it did, the others' turn comes before more is read from this one. */
const readBytes = 64 * 1024

const pingresp = Buffer.from([0xd0, 0])
const wrongLevel: Refusal = { returnCode: 1, reason: 'protocol_level' }

/**
 * One client's connection. PUBLISH and PUBREL are taken out and go to the log; everything else is the broker's, which
 * keeps subscriptions and is told of a client once it has or wants any. Reading stops while too much of what was read
 * waits to be stored.
 */
export class Connection implements PacketSink {
  readonly #openedAt = performance.now()
  readonly #socket: Duplex
  readonly #peer: Peer
  readonly #host: ConnectionHost
  readonly #reader = new PacketReader(this)
  #state: 'new' | 'judged' | 'open' | 'closed' = 'new'
  #uplink: ClientUplink | undefined
  /** There once the broker has something of the client. */
  #down: DownLink | undefined
  /** Set once it is let in. */
  #rights: ClientRights | undefined
  #session: Session | undefined
  #clean = true
  /** To be told should the connection break. */
  #will: Will | undefined
  #keepAliveMs = 0
  /** Monotonic, as all that is about silence: a clock set right must not cut anybody. */
  #lastPacketAt = performance.now()
  #readAt = performance.now()
  /** When the client was last seen to read what is written to it. */
  #readsAt = performance.now()
  /** What records are stamped with. */
  #receivedAt = Date.now()
  #inDebt = false
  #paused = false
  #turnTaken = false
  #held = false

  constructor(socket: Duplex, peer: Peer, host: ConnectionHost) {
    this.#socket = socket
    this.#peer = peer
    this.#host = host
    socket.on('data', (chunk: Buffer) => this.#input(chunk))
    socket.on('drain', () => this.#regulate())
    for (const event of ['end', 'close']) socket.on(event, () => this.close())
    // 'close' follows; a client that breaks off is no fault of ours.
    socket.on('error', () => undefined)
  }

  get rights(): ClientRights | undefined {
    return this.#rights
  }

  /** Who it is, for logs: the user name, or the address of one who has not signed in. */
  get client(): string {
    return this.#rights?.name ?? this.#peer.address
  }

  /**
   * Closes it where its client has been silent for too long ([MQTT-3.1.2-24]), reads nothing, or has not signed in.
   * @param now milliseconds of the monotonic clock
   */
  checkSilence(now: number): void {
    const { connectMs, stalledMs } = this.#host.limits
    if (this.#state !== 'open') {
      if (this.#state !== 'closed' && now - this.#openedAt > connectMs) this.refuse('connect_timeout')
      return
    }
    if (!this.#socket.writableNeedDrain) this.#readsAt = now
    else if (now - this.#readsAt > stalledMs) this.refuse('stalled')
    // What is not read cannot be heard: a client is not silent while it is held back.
    if (this.#paused) this.#lastPacketAt = now
    else if (now - this.#lastPacketAt > this.#keepAliveMs) this.refuse('keep_alive')
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

  /** Ends the connection; what it has sent is stored all the same, and its will is told. */
  close(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#uplink?.flush()
    this.#host.pressure.forget(this.#resume)
    if (this.#down !== undefined) this.#host.inTurn(() => this.#down?.destroy())
    this.#host.closed(this)
    this.#tellWill()
    closeGently(this.#socket)
  }

  /** Ends the connection; its will is not told, as after a DISCONNECT ([MQTT-3.14.4-3]). */
  leave(): void {
    this.#will = undefined
    this.close()
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
    else if (type === packetTypes.disconnect) this.leave()
    else if (type === packetTypes.pingreq) this.#write(pingresp)
    else this.#toBroker(first, bytes, start, end)
    return this.#state === 'open' && this.#down?.introduced !== false
  }

  /** What goes to the broker is right: it is not made to look at what a stranger may send. */
  #toBroker(first: number, bytes: Buffer, start: number, end: number): void {
    const type = first >> 4
    if (type === packetTypes.subscribe) {
      const filters = checkSubscribe(bytes, start, end, this.#host.limits)
      const packet = packetOf(first, bytes.subarray(start, end))
      const down = this.#down ?? this.#introduce()
      down?.subscribe(packet, packetIdOf(bytes, start), filters)
      return
    }
    if (type === packetTypes.unsubscribe) checkUnsubscribe(bytes, start, end, this.#host.limits)
    else {
      const packetId = packetIdOf(bytes, start)
      if (this.#down?.answered(type, packetId) === true) return
      if (this.#down === undefined) {
        // The broker, which has sent nothing, does not know the client.
        if (type === packetTypes.pubrec) this.#write(Buffer.from([0x62, 2, packetId >> 8, packetId & 255]))
        return
      }
    }
    const down = this.#down ?? this.#introduce()
    down?.push(packetOf(first, bytes.subarray(start, end)))
  }

  #introduce(): DownLink | undefined {
    const { introduce, limits, inTurn } = this.#host
    if (this.#rights === undefined || this.#session === undefined) return undefined
    this.#down = new DownLink(this.#socket, this.#rights, this.#session, this.#clean, limits.maxInflight, {
      introduce: (link) => inTurn(() => introduce(link)),
      ready: () => this.#read(() => this.#reader.resume()),
      end: (reason) => (reason === undefined ? this.close() : this.refuse(reason)),
    })
    return this.#down
  }

  /** Returns false where more is to wait for 'drain'. */
  #write(bytes: Buffer): boolean {
    return !this.#socket.writable || this.#socket.write(bytes)
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
    this.#pay()
    this.#regulate()
  }

  /** Who sends too fast is read later: nothing of it is lost, and it delays nobody else. */
  #pay(): void {
    const waitMs = this.#uplink?.waitMs(this.#readAt) ?? 0
    if (waitMs === 0 || this.#inDebt) return
    this.#inDebt = true
    setTimeout(() => {
      this.#inDebt = false
      this.#regulate()
    }, waitMs)
  }

  #connect(bytes: Buffer, start: number, end: number): void {
    const connect = readConnect(bytes, start, end)
    this.#state = 'judged'
    if (connect === undefined) this.#turnAway(wrongLevel)
    else this.#host.inTurn(() => this.#judge(connect))
  }

  #judge(connect: Connect): void {
    if (this.#state !== 'judged') return
    const { admit, delay } = this.#host
    const admission = admit(connect, this.#peer)
    const good = !('reason' in admission)
    const answer = (): void => (good ? this.#letIn(admission, connect) : this.#turnAway(admission))
    const waitMs = delay(this.#peer.address, connect.username ?? '', good)
    const goOn = (): void => {
      if (this.#state === 'judged') answer()
      if (this.#state === 'open') this.#read(() => this.#reader.resume())
    }
    if (waitMs === 0) goOn()
    else setTimeout(goOn, waitMs)
  }

  #letIn(rights: ClientRights, { keepAliveSeconds, clean, will }: Connect): void {
    const { limits, session: sessionOf, accepted } = this.#host
    this.#state = 'open'
    this.#rights = rights
    this.#clean = clean
    this.#will = will
    this.#keepAliveMs = Math.min(keepAliveSeconds * 1_500 || Number.POSITIVE_INFINITY, limits.maxSilenceMs)
    accepted(this)
    const { session, present, kept } = sessionOf(rights.clientId, clean)
    this.#session = session
    this.#uplink = rights.uplink(session, (answers) => void this.#write(answers), this.#resume)
    this.#write(connack(0, present))
    if (kept) this.#introduce()
  }

  /** [MQTT-3.2.2-5] */
  #turnAway({ returnCode, reason }: Refusal): void {
    this.#write(connack(returnCode, false))
    this.refuse(reason)
  }

  /** [MQTT-3.1.2-8] */
  #tellWill(): void {
    const will = this.#will
    if (will === undefined) return
    this.#rights?.takeWill(will.topic, will.payload, (error) => {
      if (error === undefined) this.#host.tellWill(will)
    })
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
      this.#state === 'judged' ||
      this.#inDebt ||
      this.#turnTaken ||
      this.#held ||
      this.#down?.busy === true ||
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
