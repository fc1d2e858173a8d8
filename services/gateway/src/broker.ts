import type { EventEmitter } from 'node:events'
import type { Logger } from '@lifeline/service-kit'
import { Aedes, type AuthenticateError, type Client, type PublishPacket } from 'aedes'
import { BrokerLink } from './broker-link.ts'
import type { Connection } from './connection.ts'
import type { Directory } from './directory.ts'
import { sessionStore } from './session-store.ts'

export interface BrokerHooks {
  readonly directory: Directory
  readonly maxQueuedMessages: number
  readonly logger: Logger
  readonly refuseConnection: (reason: string, client: string) => void
  readonly dropMessage: (clientId: string) => void
  /** Stores a client's last will; calls `stored` then, or with an error where it may not be. */
  readonly takeWill: (connection: Connection, topic: string, payload: Buffer, stored: (error?: Error) => void) => void
}

/** CONNACK return codes (MQTT 3.1.1 §3.2.2.3). */
type ReturnCode = 2 | 4 | 5

const connectionOf = (client: Client): Connection | undefined =>
  client.conn instanceof BrokerLink ? (client.conn as BrokerLink<Connection>).owner : undefined

/**
 * The broker behind the front door: sessions, subscriptions, retained messages, wills and everything that goes down
 * to clients. No PUBLISH of a client reaches it.
 */
export async function createBroker(hooks: BrokerHooks): Promise<Aedes> {
  const { directory, logger } = hooks
  const connects = new WeakMap<Client, { clientId: string; clean: boolean; willTopic: string | undefined }>()
  const granted = (client: Client, filter: string): boolean => {
    const credential = connectionOf(client)?.credential
    return credential !== undefined && directory.maySubscribe(credential, filter)
  }

  const broker = await Aedes.createBroker({
    // The front door has limits of its own; these must not come before them.
    connectTimeout: 2 ** 31 - 1,
    maxClientsIdLength: 64,
    persistence: sessionStore(granted, hooks.maxQueuedMessages, hooks.dropMessage),

    preConnect: (client, { clientId, clean, will }, done) => {
      connects.set(client, { clientId, clean: clean ?? true, willTopic: will?.topic })
      done(null, true)
    },

    authenticate: (client, username, password, done) => {
      const connection = connectionOf(client)
      const connect = connects.get(client)
      if (connection === undefined || connect === undefined) return done(null, false)
      const refuse = (returnCode: ReturnCode, reason: string): void => {
        hooks.refuseConnection(reason, connection.client)
        done(Object.assign(new Error(reason), { returnCode: returnCode as number }) as AuthenticateError, null)
      }
      // [MQTT-3.1.3-8]
      if (connect.clientId === '' && !connect.clean) return refuse(2, 'empty_client_id')
      const credential = directory.signIn(username ?? '', password ?? Buffer.alloc(0))
      if (credential === undefined) return refuse(5, 'credential')
      if (connect.clientId !== credential.clientId) return refuse(2, 'client_id')
      connection.authorize(credential)
      if (connect.willTopic !== undefined) {
        const route = directory.route(credential, connect.willTopic)
        if (typeof route === 'string' || route.channel !== 'status') return refuse(5, 'will_topic')
      }
      done(null, true)
    },

    // A refused subscription is answered with 0x80 [MQTT-3.9.3-2].
    authorizeSubscribe: (client, subscription, done) =>
      done(null, granted(client, subscription.topic) ? subscription : null),

    // Rights may have changed since the subscription, and a kept session may be older than they are.
    authorizeForward: (client, packet) => (granted(client, packet.topic) ? packet : null),

    // What comes here is a will, or was never let in.
    authorizePublish: (client, { topic, payload }: PublishPacket, done) => {
      const connection = client === null ? undefined : connectionOf(client)
      if (connection === undefined || !connection.closed || connection.willVoid)
        return done(new Error('no will is due'))
      hooks.takeWill(connection, topic, Buffer.from(payload), done)
    },
  })

  broker.on('connackSent', ({ returnCode }, client) => {
    if (returnCode === 0) connectionOf(client)?.accepted()
  })
  broker.on('clientError', (client, error) => logger.debug({ err: error, client: client.id }, 'client'))
  broker.on('connectionError', (_client, error) => logger.debug({ err: error }, 'connection'))
  const emitter: EventEmitter = broker
  emitter.on('error', (error: unknown) => logger.error({ err: error }, 'broker'))
  return broker
}
