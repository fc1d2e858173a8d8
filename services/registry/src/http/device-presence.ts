import type { Bus } from '@lifeline/bus'
import { type Equipment, type Presence, partitionOf, presenceSubject } from '@lifeline/contracts'

/** An engine answers within milliseconds; one that does not is not there. */
const patienceMs = 500

/**
 * Who of these devices is heard, as the engines know it, by device id. A device is left out where its engine does not
 * know it or does not answer; `onSilence` is told of the partition then.
 */
export async function devicePresence(
  bus: Bus,
  partitions: number,
  devices: readonly Equipment[],
  onSilence: (partition: number, error: unknown) => void,
): Promise<ReadonlyMap<string, Presence>> {
  const byPartition = Map.groupBy(devices, ({ siteId }) => partitionOf(siteId, partitions))
  const answers = [...byPartition].map(async ([partition, there]) => {
    const ids = JSON.stringify(there.map(({ deviceId }) => deviceId))
    try {
      const reply = await bus.connection.request(presenceSubject(partition), ids, { timeout: patienceMs })
      return Object.entries(reply.json<Record<string, Presence>>())
    } catch (error) {
      onSilence(partition, error)
      return []
    }
  })
  return new Map((await Promise.all(answers)).flat())
}
