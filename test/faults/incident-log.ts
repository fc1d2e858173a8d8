import { type IncidentEvent, streams } from '@lifeline/contracts'
import { connect } from 'nats'

/** All events of INCIDENTS, in their order. */
export async function incidentEvents(natsUrl: string): Promise<IncidentEvent[]> {
  const connection = await connect({ servers: natsUrl })
  try {
    const manager = await connection.jetstreamManager()
    const { state } = await manager.streams.info(streams.incidents)
    const consumer = await connection.jetstream().consumers.get(streams.incidents)
    const events: IncidentEvent[] = []
    if (state.messages === 0) return events
    for await (const message of await consumer.consume()) {
      events.push(message.json<IncidentEvent>())
      if (message.seq === state.last_seq) break
    }
    return events
  } finally {
    await connection.close()
  }
}
