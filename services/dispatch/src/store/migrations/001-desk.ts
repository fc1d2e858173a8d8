import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The tables of the desk; `../tables.ts` says what they hold. */
export const createDesk: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create table cases (
        rescue jsonb not null,
        change bigint not null unique,
        id text generated always as (rescue->>'id') stored primary key,
        device_id text generated always as (rescue->>'deviceId') stored not null,
        kind text generated always as (rescue->>'kind') stored not null,
        state text generated always as (rescue#>>'{progress,state}') stored not null,
        level int generated always as ((rescue#>>'{progress,level}')::int) stored not null,
        opened_at float8 generated always as ((rescue->>'openedAt')::float8) stored not null,
        due_at float8 generated always as ((rescue#>>'{progress,clock,dueAt}')::float8) stored
      )`.execute(db)
    await sql`create index on cases (due_at) where due_at is not null`.execute(db)
    await sql`create index on cases (opened_at desc, id desc)`.execute(db)
    await sql`create index on cases (device_id, opened_at desc)`.execute(db)
    await sql`create index on cases (opened_at) where state <> 'closed'`.execute(db)
    await sql`create index on cases using gin ((rescue->'unitIds') jsonb_path_ops)`.execute(db)

    await sql`
      create table timeline (
        case_id text not null references cases,
        seq int not null,
        at float8 not null,
        by text not null,
        what text not null,
        details jsonb not null,
        primary key (case_id, seq)
      )`.execute(db)
    await sql`
      create function timeline_only_grows() returns trigger language plpgsql as
      $$ begin raise exception 'the timeline only grows'; end $$`.execute(db)
    await sql`
      create trigger timeline_only_grows before update or delete or truncate on timeline
      for each statement execute function timeline_only_grows()`.execute(db)

    await sql`
      create table incidents (incident_id text primary key, case_id text not null references cases)`.execute(db)
    await sql`
      create table notices (
        id bigint generated always as identity primary key,
        case_id text not null references cases,
        at float8 not null,
        level int not null,
        unit_id text
      )`.execute(db)
    await sql`
      create table settings (
        id bigint generated always as identity primary key,
        at float8 not null,
        by text not null,
        settings jsonb not null
      )`.execute(db)
    await sql`create table changes (count bigint not null)`.execute(db)
    await sql`insert into changes values (0)`.execute(db)
  },
}
