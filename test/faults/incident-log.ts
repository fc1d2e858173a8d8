import { type IncidentEvent, streams } from '@lifeline/contracts'
import { connect, DeliverPolicy, type JsMsg } from 'nats'

/** The messages that a stream holds now, from a sequence on, in their order. */
export async function messagesOf(natsUrl: string, stream: string, fromSequence = 1): Promise<JsMsg[]> {
  const connection = await connect({ servers: natsUrl })
  try {
    const manager = await connection.jetstreamManager()
    const { state } = await manager.streams.info(stream)
    const messages: JsMsg[] = []
    if (state.messages === 0 || state.last_seq < fromSequence) return messages
    const consumer = await connection
      .jetstream()
      .consumers.get(stream, { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: fromSequence })
    for await (const message of await consumer.consume()) {
      messages.push(message)
      if (message.seq >= state.last_seq) break
    }
    return messages
  } finally {
    await connection.close()
  }
}

/** All events of INCIDENTS, in their order. */
export async function incidentEvents(natsUrl: string): Promise<IncidentEvent[]> {
  return (await messagesOf(natsUrl, streams.incidents)).map((message) => message.json<IncidentEvent>())
}
