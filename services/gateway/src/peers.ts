import { randomUUID } from 'node:crypto'
import type { NatsConnection } from '@lifeline/bus'
import type { Logger } from '@lifeline/service-kit'
import { z } from 'zod'

/** A message on its way down to whoever has subscribed to its topic. */
export interface DownMessage {
  readonly topic: string
  readonly payload: string | Buffer
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
}

/** What gateways tell each other, on core NATS: `gateway.peers.{who says it}`. */
const newsSchema = z.discriminatedUnion('news', [
  /** Clients were let in: when each was, ms since the Unix epoch, by client id. */
  z.object({ news: z.literal('signed-in'), clients: z.record(z.string(), z.number()) }),
  /** A message went down to the subscribers of one gateway. */
  z.object({
    news: z.literal('sent-down'),
    topic: z.string(),
    payload: z.base64(),
    qos: z.literal([0, 1, 2]),
    retain: z.boolean(),
  }),
])
type News = z.infer<typeof newsSchema>

/** Sign-ins are told together: in a storm each message of its own would cost as much as the sign-in's answer. */
const collectMs = 20

export interface PeerHooks {
  /** A client was let in by another gateway: an older connection of its client id is to end. */
  readonly signedIn: (clientId: string, at: number) => void
  /** Another gateway has sent a message down to its own subscribers. */
  readonly sentDown: (message: DownMessage) => void
}

/** The other gateways: a device may be at any of them, and what goes down to it may come up at another. */
export class Peers {
  readonly #connection: NatsConnection
  readonly #logger: Logger
  readonly #own = `gateway.peers.${randomUUID()}`
  #signedIn = new Map<string, number>()

  constructor(connection: NatsConnection, logger: Logger) {
    this.#connection = connection
    this.#logger = logger
  }

  /** Hears the others until `signal` aborts. */
  start({ signedIn, sentDown }: PeerHooks, signal: AbortSignal): void {
    const subscription = this.#connection.subscribe('gateway.peers.*', {
      callback: (_error, message) => {
        if (message.subject === this.#own) return
        const { data: news, error } = newsSchema.safeParse(readJson(message.string()))
        if (news === undefined) this.#logger.error({ err: error }, 'news of another gateway that is none')
        else if (news.news === 'signed-in') {
          for (const [clientId, at] of Object.entries(news.clients)) signedIn(clientId, at)
        } else sentDown({ ...news, payload: Buffer.from(news.payload, 'base64') })
      },
    })
    const end = (): void => {
      if (!this.#connection.isClosed()) subscription.unsubscribe()
    }
    signal.addEventListener('abort', end, { once: true })
  }

  /** Tells that a client was let in here. @param at ms since the Unix epoch */
  signedIn(clientId: string, at: number): void {
    if (this.#signedIn.size === 0) setTimeout(() => this.#tellSignedIn(), collectMs)
    this.#signedIn.set(clientId, at)
  }

  #tellSignedIn(): void {
    const clients = Object.fromEntries(this.#signedIn)
    this.#signedIn = new Map()
    if (!this.#connection.isClosed()) this.#tell({ news: 'signed-in', clients })
  }

  /** Has the others send a message down to their subscribers, too. */
  sentDown({ topic, payload, qos, retain }: DownMessage): void {
    this.#tell({ news: 'sent-down', topic, payload: Buffer.from(payload).toString('base64'), qos, retain })
  }

  #tell(news: News): void {
    this.#connection.publish(this.#own, JSON.stringify(news))
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No news: the schema says so.
    return undefined
  }
}
