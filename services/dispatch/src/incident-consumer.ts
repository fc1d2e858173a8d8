import { type Bus, durableConsumer, type JsMsg, readMessages } from '@lifeline/bus'
import { type IncidentEvent, incidentEventSchema, streams } from '@lifeline/contracts'

/**
 * Every dispatch process takes from the same place, so each word is handled by one of them. What one had before it was
 * killed comes again after the wait, which is therefore short; hearing a word twice costs nothing.
 */
const consumer = { stream: streams.incidents, name: 'dispatch', ackWaitMs: 2_000, maxAckPending: 256 } as const
/** So few that the last of them is kept before it would come again. */
const maxMessages = 4
const retryMs = 1_000

export interface IncidentConsumerOptions {
  readonly bus: Bus
  readonly signal: AbortSignal
  /** Resolves when the event is kept. */
  readonly take: (event: IncidentEvent) => Promise<void>
  /** Told when an event is kept: ms since it was put on the stream. */
  readonly onTaken: (event: IncidentEvent, lagMs: number) => void
  /** Told of a message that is no incident event; it is not delivered again. */
  readonly onMalformed: (subject: string, error: unknown) => void
  /** Told why an event could not be kept; it comes again. */
  readonly onFailed: (subject: string, error: unknown) => void
}

/**
 * Takes the engine's words from INCIDENTS until `signal` aborts. Each is acknowledged after it is kept, so a kill at
 * any moment only repeats it. One that cannot be kept does not hold up those behind it.
 */
export async function consumeIncidents(options: IncidentConsumerOptions): Promise<void> {
  const { bus, signal } = options
  const open = () => durableConsumer(bus, consumer)
  for await (const message of readMessages(bus, open, { maxMessages, signal })) await handle(message, options)
}

async function handle(message: JsMsg, options: IncidentConsumerOptions): Promise<void> {
  const event = parse(message, options)
  if (event === undefined) {
    message.term()
    return
  }
  try {
    await options.take(event)
  } catch (error) {
    options.onFailed(message.subject, error)
    message.nak(retryMs)
    return
  }
  message.ack()
  options.onTaken(event, Date.now() - message.info.timestampNanos / 1e6)
}

function parse(message: JsMsg, { onMalformed }: IncidentConsumerOptions): IncidentEvent | undefined {
  try {
    return incidentEventSchema.parse(message.json())
  } catch (error) {
    onMalformed(message.subject, error)
    return undefined
  }
}
