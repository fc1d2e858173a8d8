import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * What reports count and the list filters by, so that a figure and its list are the same cases. Spans in seconds.
 * The district is that of GB/T 2260 in the digits 5 to 10 of a registration code.
 */
export const caseFacts: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create view case_facts as
      select id, opened_at, level, rescue->>'rule' as rule,
        not (rescue->>'drill')::boolean and rescue#>>'{progress,outcome,kind}' is distinct from 'merged' as counted,
        coalesce(rescue#>>'{progress,outcome,kind}', 'open') as outcome,
        coalesce(rescue#>>'{progress,outcome,cause}', 'unknown') as cause,
        (rescue#>>'{milestones,calls}')::int > 0 as called,
        rescue#>>'{progress,outcome,kind}' is distinct from 'false_alarm' and (
          rescue->'rules' ? 'entrapment' or coalesce((rescue->>'trapped')::int, 0) > 0
          or coalesce((rescue#>>'{progress,outcome,freed}')::int, 0) > 0) as entrapment,
        coalesce((rescue#>>'{progress,outcome,freed}')::int, (rescue#>>'{progress,freed}')::int, 0) as freed,
        coalesce(rescue->>'maintenanceUnit', 'unknown') as unit,
        coalesce((regexp_match(rescue->>'registrationCode', '^[0-9]{4}([0-9]{6})[0-9]{10}$'))[1], 'unknown') as district,
        case
          when rescue->>'installedOn' is null then 'unknown'
          when years < 5 then '0-4' when years < 10 then '5-9' when years < 15 then '10-14' else '15-'
        end as age,
        ((rescue#>>'{milestones,acceptedAt}')::float8 - received) / 1000 as response,
        ((rescue#>>'{milestones,arrivedAt}')::float8 - received) / 1000 as arrival,
        ((rescue#>>'{milestones,freedAt}')::float8 - (rescue#>>'{milestones,arrivedAt}')::float8) / 1000 as on_site
      from cases, lateral (
        select (rescue#>>'{milestones,receivedAt}')::float8 as received,
          (opened_at / 1000 - extract(epoch from (rescue->>'installedOn')::date)) / 31557600 as years
      ) as since`.execute(db)
  },
}
