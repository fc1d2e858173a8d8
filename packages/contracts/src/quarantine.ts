import type { Kind } from './identifiers.ts'

/** A payload, or one frame of it, that could not be understood; kept in the stream QUARANTINE. */
export interface QuarantineRecord {
  readonly source: 'gateway' | 'historian'
  /** `unknown` where even that could not be read; `deviceId` is then the account that sent it, or `unknown` too. */
  readonly kind: Kind | 'unknown'
  readonly deviceId: string
  readonly topic: string
  readonly receivedAt: number
  readonly reason: string
  /** Where in the payload: `door`, `[3].door`. */
  readonly path?: string
  /** The first 200 characters. */
  readonly excerpt: string
  /** The bytes, base64; at most the first 256 KiB of them. */
  readonly payload: string
  readonly payloadBytes: number
  /** Client id of the account that sent it, where that was in a vendor's format. */
  readonly account?: string
  /** Absent in records that are older than this field. */
  readonly cut?: QuarantineCut
}

/**
 * What the bytes lack of what was sent. `none` can be taken again; not so what was starred out because it may be
 * personal, what was longer than is kept, a part that means nothing without the rest, and what was true at the moment
 * only (a status word, a last will).
 */
export const quarantineCuts = ['none', 'privacy', 'size', 'part', 'moment'] as const
export type QuarantineCut = (typeof quarantineCuts)[number]

/** What the device is told on its `error` topic. */
export type QuarantineNotice = Pick<QuarantineRecord, 'receivedAt' | 'reason' | 'path' | 'excerpt'>

/** Request to any one gateway: take a quarantined payload again, by the formats as they stand now. */
export const replaySubject = 'gateway.replay'
export type ReplayRequest = Pick<QuarantineRecord, 'topic' | 'kind' | 'deviceId' | 'account' | 'receivedAt' | 'payload'>

/** The reply, given when what could be understood is in the log. */
export interface ReplayReply {
  /** Frames and events that are in the log now. */
  readonly stored: number
  /** What is still wrong; absent where everything was understood. */
  readonly reason?: string
  readonly path?: string
}
