import { problemSchema, rescueCaseSchema } from '@lifeline/contracts'
import type { HttpServer } from '@lifeline/service-kit'
import { z } from 'zod'
import { reportRoles } from '../access.ts'
import { dateIn, dayOf, monthOf, type Period } from '../report/period.ts'
import { type Grouping, groupings, rescueReport, rowSchema } from '../report/rescue-report.ts'
import { cellsOf, csvFile, pdfFile, xlsxFile } from '../report/table-files.ts'
import { listCases } from '../store/case-query.ts'
import type { Db } from '../store/tables.ts'
import { sendFile } from './send-file.ts'

const shiftMs = 12 * 3_600_000
const common = {
  by: z.enum(groupings).optional().describe('a row for each of these besides the total'),
  format: z.enum(['json', 'csv', 'xlsx', 'pdf']).default('json'),
}
const ms = z.coerce.number()

const answer = z.object({
  from: z.number(),
  to: z.number().describe('not included'),
  rows: z.array(rowSchema).describe('the total, then each group'),
  open: z.array(rescueCaseSchema).optional().describe('of a hand-over: what is open now, the most pressing first'),
})

/** Shift hand-over, day and month, on screen and as files. Drills and cases merged into another are not counted. */
export function serveReports(http: HttpServer, db: Db, now: () => number, timeZone: string): void {
  const serve = <Q extends z.ZodObject>(
    kind: 'handover' | 'day' | 'month',
    title: string,
    querystring: Q,
    periodOf: (query: z.output<Q>) => Period,
  ) =>
    http.get(
      `/api/v1/reports/${kind}`,
      {
        schema: { summary: title, querystring, response: { 200: answer, '4xx': problemSchema } },
        config: { roles: reportRoles },
      },
      async (request, reply) => {
        const query = request.query as z.output<Q> & { by?: Grouping; format: 'json' | 'csv' | 'xlsx' | 'pdf' }
        const period = periodOf(query)
        const rows = await rescueReport(db, period, query.by)
        if (query.format === 'json') {
          const open = kind === 'handover' ? { open: await openCases() } : {}
          return { ...period, rows, ...open }
        }
        const name = `${kind}-${dateIn(period.from, timeZone)}`
        const cells = cellsOf(rows)
        if (query.format === 'csv') return sendFile(reply, 'csv', name, csvFile(cells))
        if (query.format === 'xlsx') return sendFile(reply, 'xlsx', name, xlsxFile(cells))
        const clock = new Intl.DateTimeFormat('zh-CN', { timeZone, dateStyle: 'short', timeStyle: 'short' })
        const subtitle = `${clock.format(period.from)} – ${clock.format(period.to)}`
        return sendFile(reply, 'pdf', name, await pdfFile(title, subtitle, cells))
      },
    )

  serve(
    'handover',
    '96333 交接班报告',
    z.object({ from: ms.optional().describe('12 h before `to`'), to: ms.optional().describe('now'), ...common }),
    ({ to = now(), from = to - shiftMs }) => ({ from, to }),
  )
  serve(
    'day',
    '96333 日报',
    z.object({ date: z.iso.date().optional().describe('YYYY-MM-DD; today'), ...common }),
    ({ date = dateIn(now(), timeZone) }) => dayOf(date, timeZone),
  )
  serve(
    'month',
    '96333 月报',
    z.object({
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
        .optional()
        .describe('YYYY-MM; this month'),
      ...common,
    }),
    ({ month = dateIn(now(), timeZone).slice(0, 7) }) => monthOf(month, timeZone),
  )

  const openCases = () => listCases(db, { state: 'open', sort: 'priority', limit: 199, facts: {} })
}
