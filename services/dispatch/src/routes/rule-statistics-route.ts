import { problemSchema, ruleNameSchema } from '@lifeline/contracts'
import type { HttpServer } from '@lifeline/service-kit'
import { z } from 'zod'
import { type RuleCount, rulesCounted } from '../store/rule-count.ts'
import type { Db } from '../store/tables.ts'

const ms = z.coerce.number().describe('ms since the Unix epoch')

const answer = z.object({
  items: z.array(
    z.object({
      rule: ruleNameSchema,
      cases: z.int().describe('that the engine told of, without drills'),
      judged: z.int().describe('of them, those that a person ended'),
      falseAlarms: z.int(),
      share: z.number().optional().describe('false alarms of those judged; absent where none is'),
      byReason: z.array(z.object({ reason: z.string(), cases: z.int() })).describe('the most frequent first'),
    }),
  ),
})

/** How often people found each rule wrong, and why: what the rules’ settings are to be judged by. */
export function serveRuleStatistics(http: HttpServer, db: Db): void {
  http.get(
    '/api/v1/rules/statistics',
    {
      schema: {
        summary: 'False alarms by rule, of the cases opened in a time',
        querystring: z.object({ from: ms.optional(), to: ms.optional() }),
        response: { 200: answer, '4xx': problemSchema },
      },
    },
    async ({ query }) => ({ items: statisticsOf(await rulesCounted(db, query)) }),
  )
}

/** @param counts by rule and, for false alarms, reason */
export function statisticsOf(counts: readonly RuleCount[]): z.infer<typeof answer>['items'] {
  const rules = [...new Set(counts.map(({ rule }) => rule))].toSorted()
  return rules.map((rule) => {
    const mine = counts.filter((count) => count.rule === rule)
    const sum = (of: readonly RuleCount[]): number => of.reduce((total, { cases }) => total + cases, 0)
    const byReason = mine.flatMap(({ reason, cases }) => (reason === undefined ? [] : [{ reason, cases }]))
    const falseAlarms = sum(mine.filter(({ outcome }) => outcome === 'false_alarm'))
    const judged = falseAlarms + sum(mine.filter(({ outcome }) => outcome === 'rescued' || outcome === 'resolved'))
    return {
      rule,
      cases: sum(mine),
      judged,
      falseAlarms,
      ...(judged > 0 ? { share: falseAlarms / judged } : {}),
      byReason: byReason.toSorted((a, b) => b.cases - a.cases || (a.reason < b.reason ? -1 : 1)),
    }
  })
}
