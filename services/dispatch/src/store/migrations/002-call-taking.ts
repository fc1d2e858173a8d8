import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Priority, call-back clock, proposals and drills of a case; whom each notice was for, and why one was not sent. */
export const callTaking: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      update cases set rescue = rescue || jsonb_build_object(
        'drill', false,
        'condition', '{"injured": false, "heat": false, "medical": false}'::jsonb,
        'proposals', '[]'::jsonb,
        'priority', case
          when (rescue->>'lifeSafety')::boolean then 2
          when rescue->>'severity' in ('major', 'critical') then 3
          else 4
        end)`.execute(db)
    await sql`alter table cases drop column due_at`.execute(db)
    await sql`
      alter table cases
        add column due_at float8 generated always as (least(
          (rescue#>>'{progress,clock,dueAt}')::float8, (rescue#>>'{callBack,dueAt}')::float8)) stored,
        add column priority int generated always as ((rescue->>'priority')::int) stored not null`.execute(db)
    await sql`create index on cases (due_at) where due_at is not null`.execute(db)
    await sql`create index on cases (priority, opened_at desc, id desc)`.execute(db)

    await sql`alter table notices add column recipient text, add column about text, add column not_sent text`.execute(
      db,
    )
    await sql`
      update notices set recipient = case when level = 3 then '119' else 'unit' end, about = 'assigned'`.execute(db)
    await sql`
      alter table notices
        alter column recipient set not null, alter column about set not null, alter column level drop not null`.execute(
      db,
    )
    await sql`create index on notices (case_id, id)`.execute(db)
  },
}
