import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { type ChainedEntry, chain, emptyChain } from '../../rescue/timeline-chain.ts'
import { jsonb } from '../jsonb.ts'

/** Every entry of a timeline bears a hash over the one before it; what was written until now is chained here. */
export const timelineChain: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`alter table timeline add column hash text`.execute(db)
    await sql`alter table cases add column entries int, add column head text`.execute(db)
    await sql`alter table timeline disable trigger timeline_only_grows`.execute(db)
    const { rows: cases } = await sql<{ id: string }>`select id from cases order by id`.execute(db)
    for (const { id } of cases) await chainCase(db, id)
    await sql`alter table timeline enable trigger timeline_only_grows`.execute(db)
    await sql`alter table timeline alter column hash set not null`.execute(db)
    await sql`alter table cases alter column entries set not null, alter column head set not null`.execute(db)
  },
}

async function chainCase(db: Kysely<unknown>, caseId: string): Promise<void> {
  const { rows } = await sql<ChainedEntry>`
    select seq, at, by, what, details from timeline where case_id = ${caseId} order by seq`.execute(db)
  const chained = chain(caseId, emptyChain, rows)
  await sql`
    update timeline set hash = chained.hash
    from jsonb_to_recordset(${jsonb(chained.map(({ seq, hash }) => ({ seq, hash })))}::jsonb) as chained (seq int, hash text)
    where case_id = ${caseId} and timeline.seq = chained.seq`.execute(db)
  const end = chained.at(-1)
  await sql`
    update cases set entries = ${end?.seq ?? emptyChain.entries}, head = ${end?.hash ?? emptyChain.head}
    where id = ${caseId}`.execute(db)
}
