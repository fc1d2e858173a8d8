import type { Bus } from '@lifeline/bus'
import { type Presence, presenceSubject } from '@lifeline/contracts'
import type { PartitionFold } from '@lifeline/rules'

/** Answers which of a partition's devices are heard, and when they were last; ends with the connection. */
export function answerPresence(bus: Bus, partition: number, fold: () => PartitionFold): void {
  bus.connection.subscribe(presenceSubject(partition), {
    callback: (error, message) => {
      if (error !== null) return
      const known: Record<string, Presence> = {}
      for (const deviceId of message.json<string[]>()) {
        const presence = fold().presence(deviceId)
        if (presence !== undefined) known[deviceId] = presence
      }
      message.respond(JSON.stringify(known))
    },
  })
}
