import type { LoggedEvent } from './controller-event.ts'
import type { Equipment } from './equipment.ts'
import type { Frame } from './frames.ts'
import type { Kind } from './identifiers.ts'

/**
 * What the log (JetStream stream TELEMETRY) holds. A message is a JSON array of records, all of one partition, in
 * arrival order. `receivedAt` is the only clock a reader of the log has: ms since the Unix epoch, gateway clock.
 */
export type LogRecord =
  | FrameRecord
  | EventRecord
  | StatusRecord
  | UnreadableRecord
  | TickRecord
  | EquipmentRecord
  | RemovalRecord

interface FromDevice {
  readonly kind: Kind
  readonly deviceId: string
  readonly siteId: string
  readonly receivedAt: number
}

export interface FrameRecord extends FromDevice {
  readonly type: 'frame'
  readonly frame: Frame
}

export interface EventRecord extends FromDevice {
  readonly type: 'event'
  readonly event: LoggedEvent
}

/** A device's own word on its `status` topic, or its last will. */
export interface StatusRecord extends FromDevice {
  readonly type: 'status'
  readonly status: 'online' | 'offline'
  readonly cause: 'message' | 'will'
}

/** Least time between two `UnreadableRecord`s of a device by one gateway, ms: a flood of rubbish must cost nothing. */
export const unreadableEveryMs = 10_000

/** A device was heard and not understood; the payloads themselves are in the stream QUARANTINE. */
export interface UnreadableRecord extends FromDevice {
  readonly type: 'unreadable'
  readonly unreadable: {
    /** Payloads, or frames of one, since the last such record. */
    readonly count: number
    /** What was wrong with the last of them. */
    readonly reason: string
  }
}

/** Written by every gateway into every partition four times a second, so that waiting and silence can be seen. */
export interface TickRecord {
  readonly type: 'tick'
  readonly receivedAt: number
}

/** The registry's word on a device, in the log so that a replay sees the change where it happened. */
export interface EquipmentRecord {
  readonly type: 'equipment'
  readonly receivedAt: number
  readonly equipment: Equipment
}

export interface RemovalRecord {
  readonly type: 'removal'
  readonly receivedAt: number
  readonly deviceId: string
}
