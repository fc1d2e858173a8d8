import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The links of crews to their cases, and what came in through them. */
export const rescuerLinks: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create table rescuer_links (
        token_hash text primary key,
        case_id text not null references cases,
        unit_id text not null,
        created_at float8 not null,
        expires_at float8 not null,
        browser_hash text,
        opened_at float8
      )`.execute(db)
    await sql`
      create table rescuer_requests (
        token_hash text not null references rescuer_links,
        key text not null,
        at float8 not null,
        primary key (token_hash, key)
      )`.execute(db)
    await sql`
      create table crew_positions (
        id bigint generated always as identity primary key,
        case_id text not null references cases,
        unit_id text not null,
        at float8 not null,
        lat float8 not null,
        lon float8 not null,
        accuracy float8
      )`.execute(db)
    await sql`create index on crew_positions (case_id, unit_id, id desc)`.execute(db)
    await sql`
      create table crew_causes (
        case_id text not null references cases,
        unit_id text not null,
        at float8 not null,
        cause text not null,
        text text,
        primary key (case_id, unit_id)
      )`.execute(db)
    await sql`
      create table case_photos (
        id text primary key,
        case_id text not null references cases,
        unit_id text not null,
        at float8 not null,
        jpeg bytea not null
      )`.execute(db)
    await sql`create index on case_photos (case_id, at)`.execute(db)
  },
}
