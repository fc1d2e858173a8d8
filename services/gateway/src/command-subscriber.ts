import type { Client } from 'aedes'
import { packetOf } from './connect-packet.ts'
import type { DownLink } from './down-link.ts'
import { subscribedQos } from './granted-qos.ts'

const publishQos0 = 0x30
const publishQos1 = 0x32
const duplicate = 0x08

/** A connected client as the receiver of commands: they go past the broker, which would keep them beyond their time. */
export class CommandSubscriber {
  readonly #link: DownLink
  readonly #client: Client
  /** Devices under which it is known. */
  readonly known = new Set<string>()

  constructor(link: DownLink, client: Client) {
    this.#link = link
    this.#client = client
  }

  get clientId(): string {
    return this.#link.rights.clientId
  }

  /** Devices whose commands it may have subscribed to: the third level of its filters. */
  get devices(): string[] {
    const { subscriptions } = this.#client as unknown as { subscriptions: Readonly<Record<string, unknown>> }
    const filters = Object.keys(subscriptions).map((filter) => filter.split('/'))
    const ofCommands = filters.filter(([, , , channel]) => channel !== undefined && /^(command|[+#])$/.test(channel))
    return [...new Set(ofCommands.map(([, , deviceId]) => deviceId ?? ''))]
  }

  /** At which QoS a command would go; undefined where it would not. */
  qosOf(topic: string): 0 | 1 | undefined {
    const qos = subscribedQos(this.#client, topic)
    if (qos === undefined || !this.#link.rights.mayReceive(topic)) return undefined
    return qos === 0 ? 0 : 1
  }

  /** Sends with QoS 0; false where it is gone. */
  sendOnce(topic: string, payload: string): boolean {
    return this.#link.publish(packetOf(publishQos0, Buffer.concat([named(topic), Buffer.from(payload)])))
  }

  /**
   * Sends with QoS 1; again under the same packet id where a persistent session had it before ([MQTT-4.4.0-1]).
   * @param acknowledged called at the PUBACK, which may also not come
   */
  send(id: string, topic: string, payload: string, acknowledged: () => void): void {
    const { session } = this.#link
    session.unanswered ??= new Map()
    const { unanswered } = session
    const before = unanswered.get(id)
    const packetId = before ?? this.#nextPacketId()
    unanswered.set(id, packetId)
    const body = Buffer.concat([named(topic), Buffer.from([packetId >> 8, packetId & 255]), Buffer.from(payload)])
    const first = before === undefined ? publishQos1 : publishQos1 | duplicate
    const heard = (): void => {
      unanswered.delete(id)
      acknowledged()
    }
    this.#link.publish(packetOf(first, body), { packetId, heard })
  }

  /** Forgets the packet ids of commands that are not sent again. */
  keepOnly(isOpen: (id: string) => boolean): void {
    const { unanswered } = this.#link.session
    for (const id of unanswered?.keys() ?? []) if (!isOpen(id)) unanswered?.delete(id)
  }

  whenGone(gone: () => void): void {
    this.#client.conn.once('close', gone)
  }

  /** From the same row as the broker's own, so that no id is used twice. */
  #nextPacketId(): number {
    const numbers = this.#client as unknown as { _nextId: number }
    const packetId = numbers._nextId
    numbers._nextId = packetId >= 65_535 ? 1 : packetId + 1
    return packetId
  }
}

function named(topic: string): Buffer {
  const bytes = Buffer.from(topic)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}
