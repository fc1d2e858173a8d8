import { z } from 'zod'
import { present } from '../present.ts'
import type { Db } from './tables.ts'

/** A decision to tell somebody of a case; with `notSent` nobody was told, and why. */
export const noticeSchema = z.object({
  at: z.number(),
  to: z.enum(['unit', 'desk', 'supervisor', '119', '120']),
  about: z.string().describe('`assigned`, `summoned`, `reminder`, `call_back`, `unacknowledged`, …'),
  level: z.int().optional(),
  unitId: z.string().optional(),
  notSent: z.string().optional(),
})
export type CaseNotice = z.infer<typeof noticeSchema>

/** Every notice of a case in the order of the decisions. */
export async function noticesOf(db: Db, caseId: string): Promise<CaseNotice[]> {
  const rows = await db.selectFrom('notices').selectAll().where('case_id', '=', caseId).orderBy('id').execute()
  return rows.map(({ at, recipient, about, level, unit_id, not_sent }) => ({
    at,
    to: recipient,
    about,
    ...present({
      level: level ?? undefined,
      unitId: unit_id ?? undefined,
      notSent: not_sent ?? undefined,
    }),
  }))
}
