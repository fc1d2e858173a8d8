import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** How other services are reached, what they were asked, and what they handed over. */
export const linkage: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create table linkage_targets (
        target text primary key,
        url text,
        secret text not null,
        timeout_seconds float8 not null,
        ack_seconds float8 not null,
        changed_at float8 not null,
        changed_by text not null
      )`.execute(db)
    await sql`
      create table linkages (
        id text primary key,
        target text not null,
        case_id text not null references cases,
        reason text not null,
        state text not null default 'waiting',
        created_at float8 not null,
        due_at float8 not null,
        ack_by float8 not null,
        published_at float8,
        sent_at float8,
        attempts int not null default 0,
        nags int not null default 0,
        last_error text,
        acknowledged_at float8,
        reference text
      )`.execute(db)
    await sql`create index on linkages (due_at) where state = 'waiting'`.execute(db)
    await sql`create index on linkages (case_id, created_at)`.execute(db)
    await sql`
      create index on notices (id)
      where delivery = 'waiting' and recipient in ('119', '120') and not_sent is null`.execute(db)
    await sql`
      create table linkage_takeovers (
        target text not null,
        reference text not null,
        case_id text not null references cases,
        at float8 not null,
        primary key (target, reference)
      )`.execute(db)
  },
}
