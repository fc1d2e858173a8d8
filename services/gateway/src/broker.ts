import type { EventEmitter } from 'node:events'
import type { Logger } from '@lifeline/service-kit'
import { Aedes, type Client } from 'aedes'
import { BrokerLink } from './broker-link.ts'
import type { DownLink } from './down-link.ts'
import { deliverAsGranted } from './granted-qos.ts'
import { sessionStore } from './session-store.ts'

export interface BrokerHooks {
  readonly maxQueuedMessages: number
  /** Of one client. */
  readonly maxSubscriptions: number
  readonly logger: Logger
  readonly dropMessage: (clientId: string) => void
  /** Hears of a client whenever it has subscribed to something or is back with its subscriptions. */
  readonly subscribed: (link: DownLink, client: Client) => void
}

const downLinkOf = (client: Client): DownLink | undefined =>
  client.conn instanceof BrokerLink ? (client.conn as BrokerLink<DownLink>).owner : undefined

/**
 * The broker behind the front door: subscriptions, retained messages and everything that goes down
 * to clients. Who comes here has been let in, and what it sends has been looked at. No PUBLISH of a device reaches it.
 */
export async function createBroker(hooks: BrokerHooks): Promise<Aedes> {
  const { logger, maxQueuedMessages, maxSubscriptions, dropMessage, subscribed } = hooks
  const granted = (client: Client, filter: string): boolean => downLinkOf(client)?.rights.maySubscribe(filter) === true

  const broker = await Aedes.createBroker({
    // The front door has limits of its own; these must not come before them.
    connectTimeout: 2 ** 31 - 1,
    maxClientsIdLength: 65_535,
    persistence: sessionStore(granted, maxQueuedMessages, dropMessage),

    preConnect: (client, _packet, done) => {
      // Packet ids begin anywhere, also among those that a kept session has in use, unless they are told.
      const session = downLinkOf(client)?.session
      if (session === undefined) return done(null, false)
      deliverAsGranted(client)
      const numbers = client as unknown as { _nextId: number }
      numbers._nextId = session.nextPacketId
      client.conn.once('close', () => {
        session.nextPacketId = numbers._nextId
      })
      done(null, true)
    },

    // A refused subscription is answered with 0x80 [MQTT-3.9.3-2].
    authorizeSubscribe: (client, subscription, done) => {
      const { subscriptions } = client as unknown as { subscriptions: Readonly<Record<string, unknown>> }
      const room = subscription.topic in subscriptions || Object.keys(subscriptions).length < maxSubscriptions
      done(null, room && granted(client, subscription.topic) ? subscription : null)
    },

    // Rights may have changed since the subscription, and a kept session may be older than they are.
    authorizeForward: (client, packet) =>
      downLinkOf(client)?.rights.mayReceive(packet.topic) === true ? packet : null,

    // PUBLISHes and wills are the door's.
    authorizePublish: (_client, _packet, done) => done(new Error('no PUBLISH comes this way')),
  })

  broker.on('connackSent', ({ returnCode }, client) => {
    const link = downLinkOf(client)
    if (returnCode !== 0 || link === undefined) return
    link.accepted()
    subscribed(link, client)
  })
  broker.on('subscribe', (_subscriptions, client) => {
    const link = downLinkOf(client)
    if (link !== undefined) subscribed(link, client)
  })
  broker.on('clientError', (client, error) => logger.debug({ err: error, client: client.id }, 'client'))
  broker.on('connectionError', (_client, error) => logger.debug({ err: error }, 'connection'))
  const emitter: EventEmitter = broker
  emitter.on('error', (error: unknown) => logger.error({ err: error }, 'broker'))
  return broker
}
