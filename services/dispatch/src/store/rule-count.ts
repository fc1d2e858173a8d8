import type { outcomeKindSchema, RuleName } from '@lifeline/contracts'
import { sql } from 'kysely'
import type { z } from 'zod'
import { present } from '../present.ts'
import type { Db } from './tables.ts'

/** How many cases of a rule ended so; `outcome` is absent for those that are open. */
export interface RuleCount {
  readonly rule: RuleName
  readonly outcome?: z.infer<typeof outcomeKindSchema>
  /** Why it was a false alarm. */
  readonly reason?: string
  readonly cases: number
}

/** The cases that the engine told of and that were opened in a time, without drills and what was merged away. */
export async function rulesCounted(
  db: Db,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<RuleCount[]> {
  const { rows } = await sql<{
    rule: RuleName
    outcome: RuleCount['outcome'] | null
    reason: string | null
    cases: number
  }>`
    select rescue->>'rule' as rule, rescue#>>'{progress,outcome,kind}' as outcome,
      rescue#>>'{progress,outcome,reason}' as reason, count(*) as cases
    from cases
    where opened_at >= ${from ?? Number.NEGATIVE_INFINITY}::float8 and opened_at <= ${to ?? Number.POSITIVE_INFINITY}::float8
      and not (rescue->>'drill')::boolean and jsonb_array_length(rescue->'incidents') > 0
      and rescue#>>'{progress,outcome,kind}' is distinct from 'merged'
    group by 1, 2, 3`.execute(db)
  return rows.map(({ rule, outcome, reason, cases }) => ({
    rule,
    cases: Number(cases),
    ...present({ outcome: outcome ?? undefined, reason: reason ?? undefined }),
  }))
}
