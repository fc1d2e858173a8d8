import { sql } from 'kysely'
import type { Step } from '../rescue/step.ts'
import { type ChainHead, chain, emptyChain } from '../rescue/timeline-chain.ts'
import { jsonb } from './jsonb.ts'
import type { Tx } from './tables.ts'

/** The evidence is read that long after its window has closed, ms: what is under way has arrived. */
const evidenceAfterMs = 60_000

/**
 * Keeps what a step made of a case. Changes are counted in the order in which they are committed, since whoever counts
 * holds the count until then.
 * @param claims ids of the incidents that the case stands for from now on
 */
export async function saveStep(tx: Tx, step: Step, at: number, claims: readonly string[]): Promise<void> {
  const { rescue, entries, notices } = step
  const before = await endOfChain(tx, rescue.id)
  // Hashed as they will be read again, after what the database cannot hold was replaced.
  const chained = chain(rescue.id, before, JSON.parse(jsonb(entries)))
  const end = chained.at(-1)
  const { fromTime, toTime } = rescue.evidence
  await sql`
    with counted as (
      update changes set count = count + 1 returning count
    ), saved as (
      insert into cases (rescue, change, entries, head)
      select ${jsonb(rescue)}::jsonb, count, ${end?.seq ?? before.entries}::int, ${end?.hash ?? before.head} from counted
      on conflict (id) do update
      set rescue = excluded.rescue, change = excluded.change, entries = excluded.entries, head = excluded.head
    ), told as (
      insert into timeline (case_id, seq, at, by, what, details, hash)
      select ${rescue.id}, seq, at, by, what, details, hash
      from jsonb_to_recordset(${jsonb(chained)}::jsonb)
        as entry (seq int, at float8, by text, what text, details jsonb, hash text)
    ), paged as (
      insert into notices (case_id, at, recipient, about, level, unit_id, not_sent)
      select ${rescue.id}, ${at}, "to", about, level, "unitId", "notSent"
      from jsonb_to_recordset(${jsonb(notices)}::jsonb)
        as notice ("to" text, about text, level int, "unitId" text, "notSent" text)
    ), watched as (
      insert into evidence (case_id, from_time, to_time, due_at)
      values (${rescue.id}, ${fromTime}, ${toTime}, ${toTime + evidenceAfterMs})
      on conflict (case_id) do update
      set from_time = excluded.from_time, to_time = excluded.to_time, due_at = excluded.due_at, attempts = 0
      where (evidence.from_time, evidence.to_time) is distinct from (excluded.from_time, excluded.to_time)
    )
    insert into incidents (incident_id, case_id)
    select incident_id, ${rescue.id} from jsonb_array_elements_text(${jsonb(claims)}::jsonb) as claim (incident_id)
    on conflict (incident_id) do update set case_id = excluded.case_id where incidents.case_id <> excluded.case_id
  `.execute(tx)
}

/** The case is locked, or new: nobody else adds to its chain meanwhile. */
async function endOfChain(tx: Tx, caseId: string): Promise<ChainHead> {
  const row = await tx.selectFrom('cases').select(['entries', 'head']).where('id', '=', caseId).executeTakeFirst()
  return row ?? emptyChain
}
