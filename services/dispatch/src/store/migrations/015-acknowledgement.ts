import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The clock by which a person of the desk acts on a case is one of those that are looked for. */
export const acknowledgement: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`alter table cases drop column due_at`.execute(db)
    await sql`
      alter table cases
        add column due_at float8 generated always as (least(
          (rescue#>>'{progress,clock,dueAt}')::float8, (rescue#>>'{callBack,dueAt}')::float8,
          (rescue#>>'{acknowledgement,dueAt}')::float8)) stored`.execute(db)
    await sql`create index on cases (due_at) where due_at is not null`.execute(db)
  },
}
