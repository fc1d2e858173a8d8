import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Bus, readLog } from '@lifeline/bus'
import { type LogRecord, streams } from '@lifeline/contracts'
import { registeredDevices } from '../registered-devices.ts'

/** Batches of one partition's records in the order of the log. */
export type PartitionLog = AsyncIterable<readonly LogRecord[]>

/** What the log holds of a partition now, up to its end or the first record after `to`. */
export async function* storedPartition(bus: Bus, partition: number, to: number): PartitionLog {
  const manager = await bus.connection.jetstreamManager()
  const { state } = await manager.streams.info(streams.telemetry)
  const subjects = await manager.streams.info(streams.telemetry, { subjects_filter: `telemetry.${partition}` })
  if ((subjects.state.subjects?.[`telemetry.${partition}`] ?? 0) === 0) return
  // The log's beginning has aged away, and with it the records that said which devices there are.
  if (state.first_seq > 1) yield await registeredDevices(bus)
  const stopping = new AbortController()
  for await (const { records, sequence, pending } of readLog(bus, partition, 1, stopping.signal)) {
    yield records.filter(({ receivedAt }) => receivedAt <= to)
    if (pending === 0 || sequence >= state.last_seq || (records.at(-1)?.receivedAt ?? 0) > to) break
  }
  stopping.abort()
}

/** A recorded log: a file of one record of the log a line, as JSON, all of one partition. */
export async function* recordedPartition(file: string, to: number): PartitionLog {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    number++
    if (line.trim() === '') continue
    let record: LogRecord
    try {
      record = JSON.parse(line) as LogRecord
    } catch (error) {
      throw new Error(`${file}, line ${number} is no JSON`, { cause: error })
    }
    if (record.receivedAt <= to) yield [record]
  }
}
