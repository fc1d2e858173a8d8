import { type Consumer, ConsumerEvents, type JsMsg } from 'nats'
import type { Bus } from './connect-bus.ts'
import { retrying } from './retrying.ts'

/**
 * Messages on their way at most, whatever the reader wants: nats-server cuts off a reader for which more than 64 MB
 * wait, and a message of the log has up to half a megabyte.
 */
const underWay = 64

export interface ReadOptions {
  /** Most messages on their way to the reader at once; never more than 64 are. */
  readonly maxMessages: number
  readonly signal: AbortSignal
}

const trouble: ReadonlySet<string> = new Set([
  ConsumerEvents.HeartbeatsMissed,
  ConsumerEvents.ConsumerDeleted,
  ConsumerEvents.ConsumerNotFound,
  ConsumerEvents.StreamNotFound,
])

/**
 * The messages of a consumer without end: opens it again whenever the link was lost or the consumer is gone, until
 * `signal` aborts. What is yielded twice then is for the reader to notice (by stream sequence or by its own ids).
 * @param open gets or makes the consumer; called at the start and for every new beginning
 */
export async function* readMessages(
  bus: Bus,
  open: () => Promise<Consumer>,
  { maxMessages, signal }: ReadOptions,
): AsyncGenerator<JsMsg> {
  while (!signal.aborted) {
    const consumer = await opened(open, signal)
    if (consumer === undefined) return
    const max_messages = Math.min(maxMessages, underWay)
    const messages = await consumer.consume({ max_messages, expires: 5_000, idle_heartbeat: 1_000 })
    const stop = (): void => void messages.close()
    signal.addEventListener('abort', stop, { once: true })
    const forget = bus.onReconnect(stop)
    // An abort while the consumer was being opened has no listener to find.
    if (signal.aborted) stop()
    void (async () => {
      for await (const { type } of await messages.status()) if (trouble.has(type)) stop()
    })()
    try {
      yield* messages
    } finally {
      signal.removeEventListener('abort', stop)
      forget()
      stop()
    }
  }
}

/** The consumer, or undefined where `signal` aborted first. */
async function opened(open: () => Promise<Consumer>, signal: AbortSignal): Promise<Consumer | undefined> {
  try {
    return await retrying(open, { signal })
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}
