import { kindSchema } from '@lifeline/contracts'
import { z } from 'zod'
import { whyNotReplayable } from '../quarantine/not-replayable.ts'
import type { QuarantineRow } from '../quarantine/read-quarantine.ts'

/** One record as lists give it. Times are ms since the Unix epoch. */
export const entrySchema = z.object({
  id: z.string(),
  source: z.enum(['gateway', 'historian']),
  kind: z.enum([...kindSchema.options, 'unknown']),
  /** The account that sent it, or `unknown`, where no device is known. */
  deviceId: z.string(),
  topic: z.string(),
  receivedAt: z.int(),
  reason: z.string(),
  /** Where in the payload: `door`, `[3].door`. */
  path: z.string().optional(),
  excerpt: z.string(),
  /** Bytes that were sent. */
  size: z.int(),
  replay: z.object({
    possible: z.boolean(),
    /** Why not. */
    why: z.string().optional(),
    /** The last try. */
    triedAt: z.int().optional(),
    triedBy: z.string().optional(),
    /** What was still wrong then. */
    failure: z.string().optional(),
  }),
  /** When, by whom, and how many frames and events of it are in the log since. */
  replayed: z.object({ at: z.int(), by: z.string(), stored: z.int() }).optional(),
})

/** With its bytes, as far as they are kept. */
export const wholeEntrySchema = entrySchema.extend({ base64: z.string(), hex: z.string() })

export const countSchema = z.object({
  deviceId: z.string(),
  count: z.int(),
  replayed: z.int(),
  lastReason: z.string(),
  lastAt: z.int(),
  /** By the engine; null where it knows of none, or does not answer. */
  lastGoodFrameAt: z.int().nullable(),
})

export const outcomeSchema = z.object({
  id: z.string(),
  result: z.enum(['replayed', 'failed', 'refused']),
  stored: z.int().optional(),
  reason: z.string().optional(),
})

export function entryOf(row: QuarantineRow): z.infer<typeof entrySchema> {
  const { tried_at, tried_by, failure, stored, path } = row
  const why = whyNotReplayable(row)
  const tried =
    tried_at === null || tried_by === null || failure === null ? {} : { triedAt: tried_at, triedBy: tried_by, failure }
  const replayed =
    stored === null || tried_at === null || tried_by === null
      ? {}
      : { replayed: { at: tried_at, by: tried_by, stored } }
  return {
    id: String(row.id),
    source: row.source,
    kind: row.kind,
    deviceId: row.device_id,
    topic: row.topic,
    receivedAt: row.received_at,
    reason: row.reason,
    ...(path === null ? {} : { path }),
    excerpt: row.excerpt,
    size: row.payload_bytes,
    replay: { possible: why === undefined, ...(why === undefined ? {} : { why }), ...tried },
    ...replayed,
  }
}
