import type { Client, Subscription } from 'aedes'
import memory from 'aedes-persistence'

/** The part of the broker's store that is changed here; the package's declarations still show callbacks. */
interface Store {
  addSubscriptions(client: Client, subscriptions: Subscription[]): Promise<void>
  outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: object): Promise<void>
  outgoingClearMessageId(client: { id: string }, packet: object): Promise<object | undefined>
}

/**
 * What the broker keeps of sessions, in memory, with two things mended: of a SUBSCRIBE only what was granted is kept
 * (the broker hands over all of it), and a client that is away does not have messages kept without end.
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
  const clear = store.outgoingClearMessageId.bind(store)
  const queued = new Map<string, number>()
  return Object.assign(store, {
    addSubscriptions: (client: Client, subscriptions: Subscription[]) =>
      add(
        client,
        subscriptions.filter(({ topic }) => granted(client, topic)),
      ),
    outgoingEnqueueCombi: (subscriptions: { clientId: string }[], packet: object) => {
      const taken = subscriptions.filter(({ clientId }) => (queued.get(clientId) ?? 0) < maxQueued)
      for (const subscription of subscriptions) if (!taken.includes(subscription)) dropped(subscription.clientId)
      for (const { clientId } of taken) queued.set(clientId, (queued.get(clientId) ?? 0) + 1)
      return enqueue(taken, packet)
    },
    outgoingClearMessageId: async (client: { id: string }, packet: object) => {
      const cleared = await clear(client, packet)
      if (cleared !== undefined) queued.set(client.id, (queued.get(client.id) ?? 1) - 1)
      return cleared
    },
  })
}
