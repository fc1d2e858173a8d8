import { rescueCaseSchema, timelineEntrySchema } from '@lifeline/contracts'
import { z } from 'zod'
import { evidenceOf } from '../evidence/evidence-store.ts'
import { genesis, sealedText, verifyChain } from '../rescue/timeline-chain.ts'
import type { SeenCase } from '../store/case-query.ts'
import { noticeSchema, noticesOf } from '../store/notice-query.ts'
import type { Db } from '../store/tables.ts'
import { chainOf } from '../store/timeline-query.ts'

const curveValue = z.union([z.number(), z.string(), z.boolean()])

export const evidenceSchema = z.object({
  fromTime: z.number(),
  toTime: z.number(),
  state: z.enum(['waiting', 'stored', 'failed']),
  attempts: z.int(),
  storedAt: z.number().optional(),
  error: z.string().optional().describe('of the last attempt'),
  curve: z.record(z.string(), z.array(z.tuple([z.number(), curveValue]))).describe('field: [[ms, value], …]'),
})

export const verdictSchema = z.object({
  holds: z.boolean(),
  entries: z.int(),
  head: z.string().optional().describe('hash of the last entry, where the chain holds'),
  brokenAt: z.int().optional().describe('the first entry that is not as it was written'),
  reason: z.string().optional(),
})

/** One case whole: what a stranger can check without us, as docs/case-export.md tells. */
export const caseExportSchema = z.object({
  format: z.literal('lifeline-case-1'),
  exportedAt: z.number(),
  exportedBy: z.string(),
  case: rescueCaseSchema.omit({ timeline: true }),
  timeline: z.array(
    timelineEntrySchema.extend({
      seq: z.int(),
      sealed: z.string().describe('the text that the hash covers: RFC 8785 JSON of caseId and this entry'),
      hash: z.string(),
    }),
  ),
  chain: verdictSchema.extend({ algorithm: z.string(), genesis: z.string() }),
  notices: z.array(noticeSchema),
  evidence: evidenceSchema.optional(),
})
export type CaseExport = z.infer<typeof caseExportSchema>

export async function exportCase(db: Db, { view }: SeenCase, by: string, now: number): Promise<CaseExport> {
  const { timeline: _, ...facts } = view
  const { timeline, end } = await chainOf(db, view.id)
  const evidence = await evidenceOf(db, view.id)
  return {
    format: 'lifeline-case-1',
    exportedAt: now,
    exportedBy: by,
    case: facts,
    timeline: timeline.map((entry) => ({ ...entry, sealed: sealedText(view.id, entry) })),
    chain: {
      algorithm: 'hash = hex(SHA-256(UTF-8(hash of the entry before + "\\n" + sealed)))',
      genesis,
      ...verifyChain(view.id, timeline, end),
    },
    notices: await noticesOf(db, view.id),
    ...(evidence === undefined ? {} : { evidence: evidence as CaseExport['evidence'] & object }),
  }
}
