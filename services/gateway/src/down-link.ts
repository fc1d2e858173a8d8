import type { Duplex } from 'node:stream'
import { BrokerLink, type LinkOwner } from './broker-link.ts'
import type { ClientRights, Session } from './client-rights.ts'
import { connectForBroker } from './connect-packet.ts'
import { DownFlow } from './down-flow.ts'
import { SubackCodes } from './suback-codes.ts'

/** What is around the link. */
export interface DownLinkHooks {
  /** Hands the client to the broker. */
  readonly introduce: (link: BrokerLink<DownLink>) => void
  /** Called when the client may be read again. */
  readonly ready: () => void
  /** Called where the connection is to be ended, with a reason of ours or because the broker is done with it. */
  readonly end: (reason?: string) => void
}

/**
 * The way between one client and the broker, which has its subscriptions and what goes down to it. Made when the
 * client has or wants any of that: most have not, and a client costs the broker more than the door.
 */
export class DownLink implements LinkOwner {
  readonly rights: ClientRights
  readonly session: Session
  readonly #socket: Duplex
  readonly #hooks: DownLinkHooks
  readonly #flow: DownFlow
  readonly #codes = new SubackCodes()
  readonly #link: BrokerLink<DownLink>
  #introduced = false
  #full = false
  /** What hears of the PUBACK of a message that did not come from the broker, by packet id. */
  #acknowledged: Map<number, () => void> | undefined

  constructor(
    socket: Duplex,
    rights: ClientRights,
    session: Session,
    clean: boolean,
    maxInflight: number,
    hooks: DownLinkHooks,
  ) {
    this.rights = rights
    this.session = session
    this.#socket = socket
    this.#hooks = hooks
    this.#flow = new DownFlow(maxInflight)
    this.#link = new BrokerLink<DownLink>(this)
    hooks.introduce(this.#link)
    this.#link.push(connectForBroker(rights.clientId, clean))
  }

  /** The broker does not know the client yet, or has enough to read. */
  get busy(): boolean {
    return this.#full || !this.#introduced
  }

  get introduced(): boolean {
    return this.#introduced
  }

  push(packet: Buffer): void {
    this.#full = !this.#link.push(packet)
  }

  /** Hands a SUBSCRIBE to the broker. */
  subscribe(packet: Buffer, packetId: number, filters: readonly string[]): void {
    this.#codes.asked(packetId, filters)
    this.push(packet)
  }

  /**
   * Hears of a client's answer to a message.
   * @returns whether it was to one that the broker knows nothing of
   * @throws PacketError where another was due
   */
  answered(type: number, packetId: number): boolean {
    this.#flow.answered(type, packetId)
    const acknowledged = this.#acknowledged?.get(packetId)
    if (acknowledged === undefined) return false
    this.#acknowledged?.delete(packetId)
    acknowledged()
    return true
  }

  /**
   * Sends a PUBLISH past the broker, which keeps nothing of it.
   * @param acknowledged of QoS 1: hears of the PUBACK
   * @returns false where the client is gone
   */
  publish(packet: Buffer, acknowledged?: { readonly packetId: number; readonly heard: () => void }): boolean {
    if (!this.#socket.writable) return false
    if (acknowledged !== undefined) {
      this.#acknowledged ??= new Map()
      this.#acknowledged.set(acknowledged.packetId, acknowledged.heard)
    }
    this.#flow.sent(packet)
    this.#socket.write(packet)
    return true
  }

  destroy(): void {
    this.#link.destroy()
  }

  send(bytes: Buffer, sent: () => void): void {
    // The client has had its CONNACK from the door.
    const packets = this.#codes.fill(bytes[0] === 0x20 ? bytes.subarray(4) : bytes)
    this.#flow.sent(packets)
    if (this.#flow.overfull) this.#hooks.end('inflight')
    if (packets.length === 0 || !this.#socket.writable || this.#socket.write(packets)) sent()
    else this.#socket.once('drain', sent)
  }

  wantsMore(): void {
    if (!this.#full) return
    this.#full = false
    this.#hooks.ready()
  }

  accepted(): void {
    this.#introduced = true
    this.#hooks.ready()
  }

  brokerClosed(): void {
    this.#hooks.end()
  }
}
