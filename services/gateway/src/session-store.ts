import { Readable } from 'node:stream'
import type { Client, Subscription } from 'aedes'
import memory from 'aedes-persistence'
import { filterMatches } from './topic-filter.ts'

interface StoredPacket {
  readonly cmd: string
  readonly topic: string
  readonly qos: number
  readonly messageId?: number
  readonly dup?: boolean
  readonly payload?: string | Buffer
}

interface Subscriber {
  readonly clientId: string
  readonly qos: number
}

/** The part of the broker's store that is changed here; the package's declarations still show callbacks. */
interface Store {
  addSubscriptions(client: Client, subscriptions: Subscription[]): Promise<void>
  outgoingEnqueueCombi(subscribers: Subscriber[], packet: StoredPacket): Promise<void>
  outgoingUpdate(client: { id: string }, packet: StoredPacket): Promise<void>
  outgoingClearMessageId(client: { id: string }, packet: object): Promise<object | undefined>
  outgoingStream(client: { id: string }): Readable
  storeRetained(packet: StoredPacket): Promise<void>
  createRetainedStreamCombi(filters: string[]): Readable
}

/**
 * What the broker keeps of sessions, in memory, with these things mended:
 * - of a SUBSCRIBE only what was granted is kept (the broker hands over all of it);
 * - a message is kept once for a client however many of its subscriptions match, at the highest QoS granted, and a
 *   client that is away does not have messages kept without end;
 * - what is sent again says so ([MQTT-3.3.1-1]);
 * - PUBREC for what is not kept (a retained message, say) does not end the connection;
 * - retained messages of topics with `$` match no leading wildcard ([MQTT-4.7.2-1]).
 * @param granted whether a client may have a subscription
 * @param maxQueued messages kept for one client; further ones are let go
 * @param dropped hears of each that was
 */
export function sessionStore(
  granted: (client: Client, filter: string) => boolean,
  maxQueued: number,
  dropped: (clientId: string) => void,
): object {
  const store = (memory as unknown as () => Store)()
  const add = store.addSubscriptions.bind(store)
  const enqueue = store.outgoingEnqueueCombi.bind(store)
  const update = store.outgoingUpdate.bind(store)
  const clear = store.outgoingClearMessageId.bind(store)
  const outgoing = store.outgoingStream.bind(store)
  const retained = new Map<string, StoredPacket>()
  const queued = new Map<string, number>()
  const mended: Store = {
    addSubscriptions: (client, subscriptions) =>
      add(
        client,
        subscriptions.filter(({ topic }) => granted(client, topic)),
      ),
    outgoingEnqueueCombi: async (subscribers, packet) => {
      for (const [clientId, qos] of highestQos(subscribers)) {
        const waiting = queued.get(clientId) ?? 0
        if (waiting >= maxQueued) dropped(clientId)
        else {
          queued.set(clientId, waiting + 1)
          await enqueue([{ clientId, qos }], { ...packet, qos: Math.min(qos, packet.qos) })
        }
      }
    },
    outgoingUpdate: async (client, packet) => {
      try {
        await update(client, packet)
      } catch (error) {
        if (packet.cmd !== 'pubrel') throw error
      }
    },
    outgoingClearMessageId: async (client, packet) => {
      const cleared = await clear(client, packet)
      if (cleared !== undefined) queued.set(client.id, (queued.get(client.id) ?? 1) - 1)
      return cleared
    },
    outgoingStream: (client) => ((queued.get(client.id) ?? 0) === 0 ? streamOf([]) : outgoing(client).map(sentAgain)),
    storeRetained: async (packet) => {
      if (packet.payload?.length === 0) retained.delete(packet.topic)
      else retained.set(packet.topic, { ...packet })
    },
    createRetainedStreamCombi: (filters) => streamOf(filters.flatMap((filter) => [...matching(retained, filter)])),
  }
  return Object.assign(store, mended)
}

/** Streams made of iterators cost a sign-in more than all the rest of it. */
const streamOf = (packets: readonly StoredPacket[]): Readable =>
  new Readable({
    objectMode: true,
    read() {
      for (const packet of packets) this.push(packet)
      this.push(null)
    },
  })

/** Most filters are a topic: nobody who comes back is to look at everybody's retained message. */
function matching(retained: ReadonlyMap<string, StoredPacket>, filter: string): Iterable<StoredPacket> {
  if (/[+#]/.test(filter)) return retained.values().filter(({ topic }) => filterMatches(filter, topic))
  const packet = retained.get(filter)
  return packet === undefined ? [] : [packet]
}

function highestQos(subscribers: readonly Subscriber[]): Map<string, number> {
  const highest = new Map<string, number>()
  for (const { clientId, qos } of subscribers) highest.set(clientId, Math.max(qos, highest.get(clientId) ?? 0))
  return highest
}

/** A packet got its id when it was sent first. */
function sentAgain(packet: StoredPacket): StoredPacket {
  return packet.cmd === 'publish' && packet.messageId !== undefined ? { ...packet, dup: true } : packet
}
