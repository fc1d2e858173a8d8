import { type Bus, readLog, readMessages } from '@lifeline/bus'
import {
  type LogRecord,
  type QuarantineRecord,
  streams,
  telemetrySubject,
  type UnreadableRecord,
} from '@lifeline/contracts'
import { partitions } from './gateway-world.ts'

type SiteRecord = Extract<LogRecord, { readonly deviceId: string; readonly siteId: string }>
type DeviceRecord = Exclude<SiteRecord, UnreadableRecord>

/** The first `count` records of a device in the log, ticks and other devices left out. Waits for them. */
export const storedRecords = (bus: Bus, deviceId: string, count: number): Promise<DeviceRecord[]> =>
  firstRecords(bus, deviceId, count, (record): record is DeviceRecord => record.type !== 'unreadable')

/** The first `count` records that say that a device was not understood. Waits for them. */
export const unreadableRecords = (bus: Bus, deviceId: string, count: number): Promise<UnreadableRecord[]> =>
  firstRecords(bus, deviceId, count, (record): record is UnreadableRecord => record.type === 'unreadable')

async function firstRecords<R extends SiteRecord>(
  bus: Bus,
  deviceId: string,
  count: number,
  wanted: (record: SiteRecord) => record is R,
): Promise<R[]> {
  const ending = new AbortController()
  const found: R[] = []
  const search = async (partition: number): Promise<void> => {
    for await (const { records } of readLog(bus, partition, 1, ending.signal)) {
      for (const record of records) {
        if ('siteId' in record && record.deviceId === deviceId && wanted(record)) found.push(record)
      }
      if (found.length >= count) ending.abort()
    }
  }
  await Promise.all(Array.from({ length: partitions }, (_, partition) => search(partition)))
  return found
}

/** The counters of a device's frames that are in the log now, in its order. */
export async function storedCounters(bus: Bus, deviceId: string): Promise<number[]> {
  const counters: number[] = []
  const { state } = await (await bus.connection.jetstreamManager()).streams.info(streams.telemetry, {
    subjects_filter: 'telemetry.*',
  })
  for (let partition = 0; partition < partitions; partition++) {
    let left = state.subjects?.[telemetrySubject(partition)] ?? 0
    if (left === 0) continue
    for await (const { records } of readLog(bus, partition, 1, new AbortController().signal)) {
      for (const record of records) {
        if (record.type === 'frame' && record.deviceId === deviceId) counters.push(record.frame.seq ?? -1)
      }
      if (--left === 0) break
    }
  }
  return counters
}

/** The first `count` quarantine records of a device. Waits for them. */
export async function quarantined(bus: Bus, deviceId: string, count: number): Promise<QuarantineRecord[]> {
  const ending = new AbortController()
  const open = () =>
    bus.connection.jetstream().consumers.get(streams.quarantine, { filterSubjects: `quarantine.*.${deviceId}` })
  const found: QuarantineRecord[] = []
  for await (const message of readMessages(bus, open, { maxMessages: 10, signal: ending.signal })) {
    found.push(message.json<QuarantineRecord>())
    if (found.length === count) break
  }
  return found
}

/** When the first `count` ticks of a partition were written. Waits for them. */
export async function tickTimes(bus: Bus, partition: number, count: number): Promise<number[]> {
  const times: number[] = []
  for await (const { records } of readLog(bus, partition, 1, new AbortController().signal)) {
    times.push(...records.filter(({ type }) => type === 'tick').map(({ receivedAt }) => receivedAt))
    if (times.length >= count) break
  }
  return times
}
