import { problemSchema } from '@lifeline/contracts'
import { type HttpServer, notFound } from '@lifeline/service-kit'
import { z } from 'zod'
import { evidenceOf } from '../evidence/evidence-store.ts'
import { caseExportSchema, evidenceSchema, exportCase, verdictSchema } from '../export/case-export.ts'
import { casePdf } from '../export/case-pdf.ts'
import { verifyChain } from '../rescue/timeline-chain.ts'
import type { Db } from '../store/tables.ts'
import { chainOf } from '../store/timeline-query.ts'
import { caseParams } from './case-params.ts'
import { seenCase } from './seen-case.ts'
import { sendFile } from './send-file.ts'

/** What a case leaves behind: its chain, the curve of its device, and all of it on paper. */
export function serveCaseRecords(http: HttpServer, db: Db, now: () => number, timeZone: string): void {
  http.get(
    '/api/v1/incidents/:id/verify',
    {
      schema: {
        summary: 'Whether the timeline is what was written',
        params: caseParams,
        response: { 200: verdictSchema, '4xx': problemSchema },
      },
    },
    async ({ params: { id }, user }) => {
      const { view } = await seenCase(db, id, user)
      const { timeline, end } = await chainOf(db, view.id)
      return verifyChain(view.id, timeline, end)
    },
  )

  http.get(
    '/api/v1/incidents/:id/evidence',
    {
      schema: {
        summary: 'The device’s curve around the event, read a minute after its window has closed',
        params: caseParams,
        response: { 200: evidenceSchema, '4xx': problemSchema },
      },
    },
    async ({ params: { id }, user }) => {
      const { view } = await seenCase(db, id, user)
      const evidence = await evidenceOf(db, view.id)
      if (evidence === undefined) throw notFound(`no evidence is kept for incident ${id}`)
      return evidence as z.infer<typeof evidenceSchema>
    },
  )

  http.get(
    '/api/v1/incidents/:id/export',
    {
      schema: {
        summary: 'The case whole, as JSON that a stranger can verify, or as a PDF',
        params: caseParams,
        querystring: z.object({ format: z.enum(['json', 'pdf']).default('json') }),
        response: { 200: caseExportSchema, '4xx': problemSchema },
      },
    },
    async ({ params: { id }, query: { format }, user }, reply) => {
      const seen = await seenCase(db, id, user)
      const exported = await exportCase(db, seen, user.name, now())
      if (format === 'json') return exported
      return sendFile(reply, format, seen.view.id, await casePdf(exported, timeZone))
    },
  )
}
