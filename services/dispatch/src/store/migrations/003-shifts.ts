import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who is on duty at a unit when. */
export const shifts: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create table shifts (
        id text primary key,
        unit_id text not null,
        starts float8 not null,
        ends float8 not null,
        people jsonb not null,
        entered_at float8 not null,
        entered_by text not null,
        removed_at float8,
        removed_by text,
        check (starts < ends)
      )`.execute(db)
    await sql`create index on shifts (ends) where removed_at is null`.execute(db)
  },
}
