import type { Bus, Lease } from '@lifeline/bus'
import { type Presence, presenceSubject } from '@lifeline/contracts'
import type { PartitionFold } from '@lifeline/rules'

/**
 * Answers which of a partition's devices are heard, and when they were last.
 * @returns ends it
 */
export function answerPresence(bus: Bus, lease: Lease, fold: PartitionFold): () => void {
  const subscription = bus.connection.subscribe(presenceSubject(lease.item), {
    callback: (error, message) => {
      // Whoever may have lost the partition knows what was, and another answers what is.
      if (error !== null || !lease.isSure) return
      const known: Record<string, Presence> = {}
      for (const deviceId of message.json<string[]>()) {
        const presence = fold.presence(deviceId)
        if (presence !== undefined) known[deviceId] = presence
      }
      message.respond(JSON.stringify(known))
    },
  })
  return () => subscription.unsubscribe()
}
