import type { ElevatorFrame, Equipment, Frame, IncidentEvent, LogRecord } from '@lifeline/contracts'
import { PartitionFold } from '../partition-fold.ts'

export const start = 1_795_000_000_000

/** Writes a log by hand: frames of one device at seconds after `start`, with the ticks a gateway would write. */
export class LogBuilder {
  readonly records: LogRecord[]
  readonly #equipment: Equipment
  #ticked = 0

  constructor(equipment: Equipment) {
    this.#equipment = equipment
    this.records = [{ type: 'equipment', receivedAt: start, equipment }]
  }

  /** Ticks each second up to second `at`. */
  ticks(at: number): this {
    while (this.#ticked + 1 <= at) {
      this.#ticked++
      this.records.push({ type: 'tick', receivedAt: start + this.#ticked * 1000 })
    }
    return this
  }

  /** A frame received at second `at`, stamped `clockError` ms off. */
  frame(at: number, fields: Omit<Partial<ElevatorFrame> & Record<string, unknown>, 'time'>, clockError = 0): this {
    this.ticks(at)
    const { deviceId, kind, siteId } = this.#equipment
    const receivedAt = start + at * 1000
    const frame = { time: receivedAt + clockError, ...fields } as Frame
    this.records.push({ type: 'frame', kind, deviceId, siteId, receivedAt, frame })
    return this
  }

  /** The same frame each second from `from` to before `to`. */
  frames(from: number, to: number, fields: Parameters<LogBuilder['frame']>[1], clockError = 0): this {
    for (let at = from; at < to; at++) this.frame(at, fields, clockError)
    return this
  }

  /** Frames recorded each second from `from` to before `to`, all received within moments of second `at`. */
  backlog(at: number, from: number, to: number, fields: Parameters<LogBuilder['frame']>[1]): this {
    for (let second = from; second < to; second++) {
      this.frame(at + (second - from) / 1000, fields, (second - at) * 1000 - (second - from))
    }
    return this
  }

  event(at: number, code: string, active: boolean): this {
    this.ticks(at)
    const { deviceId, kind, siteId } = this.#equipment
    const receivedAt = start + at * 1000
    this.records.push({ type: 'event', kind, deviceId, siteId, receivedAt, event: { time: receivedAt, code, active } })
    return this
  }

  status(at: number, status: 'online' | 'offline', cause: 'message' | 'will' = 'message'): this {
    this.ticks(at)
    const { deviceId, kind, siteId } = this.#equipment
    const receivedAt = start + at * 1000
    this.records.push({ type: 'status', kind, deviceId, siteId, receivedAt, status, cause })
    return this
  }

  /** Payloads that could not be understood, told at second `at`. */
  unreadable(at: number, count: number, reason = 'not JSON'): this {
    this.ticks(at)
    const { deviceId, kind, siteId } = this.#equipment
    const receivedAt = start + at * 1000
    this.records.push({ type: 'unreadable', kind, deviceId, siteId, receivedAt, unreadable: { count, reason } })
    return this
  }

  incidents(): IncidentEvent[] {
    return new PartitionFold().apply(this.records)
  }

  /**
   * The incidents in short: `opened entrapment critical @30` with the seconds of `openedAt` or `clearedAt`.
   * @param rule only that rule's
   */
  told(rule?: string): string[] {
    const asked = this.incidents().filter(({ data }) => rule === undefined || data.rule === rule)
    return asked.map(({ type, data }) => {
      const at = ((type === 'incident.cleared' ? data.clearedAt : data.openedAt) ?? 0) - start
      return `${type.slice('incident.'.length)} ${data.rule} ${data.severity} @${at / 1000}${data.late ? ' late' : ''}`
    })
  }
}
