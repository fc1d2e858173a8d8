import type { EventEmitter } from 'node:events'
import type { Logger } from '@lifeline/service-kit'
import { Aedes, type Client, type PublishPacket } from 'aedes'
import { BrokerLink } from './broker-link.ts'
import type { Connection } from './connection.ts'
import { deliverAsGranted } from './granted-qos.ts'
import { sessionStore } from './session-store.ts'

export interface BrokerHooks {
  readonly maxQueuedMessages: number
  readonly logger: Logger
  readonly dropMessage: (clientId: string) => void
}

const connectionOf = (client: Client): Connection | undefined =>
  client.conn instanceof BrokerLink ? (client.conn as BrokerLink<Connection>).owner : undefined

/** Where the broker keeps the next packet id. It begins anywhere, also among those that a kept session has in use. */
const numbering = (client: Client): { _nextId: number } => client as unknown as { _nextId: number }

/**
 * The broker behind the front door: sessions, subscriptions, retained messages, wills and everything that goes down
 * to clients. Who comes here has been let in, and what it sends has been looked at. No PUBLISH of a device reaches it.
 */
export async function createBroker({ logger, maxQueuedMessages, dropMessage }: BrokerHooks): Promise<Aedes> {
  const granted = (client: Client, filter: string): boolean =>
    connectionOf(client)?.rights?.maySubscribe(filter) === true

  const broker = await Aedes.createBroker({
    // The front door has limits of its own; these must not come before them.
    connectTimeout: 2 ** 31 - 1,
    maxClientsIdLength: 65_535,
    persistence: sessionStore(granted, maxQueuedMessages, dropMessage),

    preConnect: (client, _packet, done) => {
      const session = connectionOf(client)?.session
      if (session === undefined) return done(null, false)
      deliverAsGranted(client)
      numbering(client)._nextId = session.nextPacketId
      done(null, true)
    },

    // A refused subscription is answered with 0x80 [MQTT-3.9.3-2].
    authorizeSubscribe: (client, subscription, done) =>
      done(null, granted(client, subscription.topic) ? subscription : null),

    // Rights may have changed since the subscription, and a kept session may be older than they are.
    authorizeForward: (client, packet) =>
      connectionOf(client)?.rights?.mayReceive(packet.topic) === true ? packet : null,

    // What comes here is a will, or was never let in.
    authorizePublish: (client, { topic, payload }: PublishPacket, done) => {
      const connection = client === null ? undefined : connectionOf(client)
      // Who is taken over is closed by the broker first, who breaks off by the door.
      const ended = client?.closed === true || connection?.closed === true
      if (connection?.rights === undefined || !ended || connection.willVoid) done(new Error('no will is due'))
      else connection.rights.takeWill(topic, Buffer.from(payload), done)
    },
  })

  broker.on('connackSent', ({ returnCode }, client) => {
    if (returnCode === 0) connectionOf(client)?.accepted()
  })
  broker.on('clientDisconnect', (client) => {
    const session = connectionOf(client)?.session
    if (session !== undefined) session.nextPacketId = numbering(client)._nextId
  })
  broker.on('clientError', (client, error) => logger.debug({ err: error, client: client.id }, 'client'))
  broker.on('connectionError', (_client, error) => logger.debug({ err: error }, 'connection'))
  const emitter: EventEmitter = broker
  emitter.on('error', (error: unknown) => logger.error({ err: error }, 'broker'))
  return broker
}
