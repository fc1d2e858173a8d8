import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The device's curve around the event, read a minute after its window has closed, kept with the case. */
export const evidence: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create table evidence (
        case_id text primary key references cases,
        from_time float8 not null,
        to_time float8 not null,
        due_at float8,
        attempts int not null default 0,
        error text,
        curve jsonb,
        stored_at float8
      )`.execute(db)
    await sql`create index on evidence (due_at) where due_at is not null`.execute(db)
    await sql`
      insert into evidence (case_id, from_time, to_time, due_at)
      select id, (rescue#>>'{evidence,fromTime}')::float8, (rescue#>>'{evidence,toTime}')::float8,
        (rescue#>>'{evidence,toTime}')::float8 + 60000
      from cases`.execute(db)
  },
}
