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
}

/** What the device is told on its `error` topic. */
export type QuarantineNotice = Pick<QuarantineRecord, 'receivedAt' | 'reason' | 'path' | 'excerpt'>
