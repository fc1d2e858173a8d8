import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Channels and their tests, how units are reached, and every attempt to tell one. */
export const channels: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create table channels (
        id text primary key,
        config jsonb not null,
        healthy boolean not null default true,
        last_test jsonb,
        test_due_at float8,
        changed_at float8 not null,
        changed_by text not null
      )`.execute(db)
    await sql`
      create table channel_tests (
        id bigint generated always as identity primary key,
        channel_id text not null,
        at float8 not null,
        by text not null,
        ok boolean not null,
        duration_ms float8 not null,
        error text
      )`.execute(db)
    await sql`
      create table unit_contacts (
        unit_id text primary key,
        contacts jsonb not null,
        changed_at float8 not null,
        changed_by text not null
      )`.execute(db)
    // What was decided before there were channels is not sent now.
    await sql`
      alter table notices
        add column delivery text not null default 'before',
        add column due_at float8 not null default 0`.execute(db)
    await sql`alter table notices alter column delivery set default 'waiting'`.execute(db)
    await sql`
      create index on notices (due_at, id)
      where delivery = 'waiting' and recipient = 'unit' and not_sent is null`.execute(db)
    await sql`
      create table notice_attempts (
        id bigint generated always as identity primary key,
        notice_id bigint not null references notices,
        channel_id text,
        address text,
        at float8 not null,
        ended_at float8,
        result text not null,
        error text
      )`.execute(db)
    await sql`create index on notice_attempts (notice_id, id)`.execute(db)
  },
}
