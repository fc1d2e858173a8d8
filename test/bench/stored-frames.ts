import { type Bus, readLog } from '@lifeline/bus'
import { streams } from '@lifeline/contracts'
import { firstSeq } from './elevator-frame.ts'

export interface StoredFrames {
  /** Different (device, seq) in the log. */
  readonly different: number
  /** Frames that are there more than once. */
  readonly repeated: number
  /** Counters below the next that are not there. */
  readonly missing: number
}

/**
 * Reads the whole log and looks for every frame of each device from `firstSeq` up to the one before its next.
 * @param others devices that send what is not looked for
 * @throws Error where the log holds a frame that nobody sent
 */
export async function readStoredFrames(
  bus: Bus,
  partitions: number,
  devices: readonly string[],
  nextSeqs: readonly number[],
  others: readonly string[] = [],
): Promise<StoredFrames> {
  const seen = new Map(devices.map((device, i) => [device, new Uint8Array((nextSeqs[i] ?? firstSeq) - firstSeq)]))
  const { state } = await (await bus.connection.jetstreamManager()).streams.info(streams.telemetry)
  const ignored = new Set(others)
  let [different, repeated] = [0, 0]
  for (let partition = 0; partition < partitions; partition++) {
    // A tick stands in every partition, so none is empty.
    for await (const { records, pending } of readLog(bus, partition, state.first_seq, new AbortController().signal)) {
      for (const record of records) {
        if (record.type !== 'frame') continue
        if (ignored.has(record.deviceId)) continue
        const counters = seen.get(record.deviceId)
        const index = (record.frame.seq ?? -1) - firstSeq
        if (counters?.[index] === undefined) throw new Error(`${record.deviceId} never sent ${record.frame.seq}`)
        if (counters[index] > 0) repeated++
        else different++
        counters[index]++
      }
      if (pending === 0) break
    }
  }
  const sent = nextSeqs.reduce((sum, nextSeq) => sum + nextSeq - firstSeq, 0)
  return { different, repeated, missing: sent - different }
}
