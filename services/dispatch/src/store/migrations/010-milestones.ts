import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When each case got how far, read from its timeline. */
export const milestones: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      update cases set rescue = rescue || jsonb_build_object('milestones', (
        select jsonb_strip_nulls(jsonb_build_object(
          'receivedAt', min(at),
          'calls', count(*) filter (where what = 'reported'),
          'acceptedAt', min(at) filter (where what = 'accepted'),
          'arrivedAt', min(at) filter (where what = 'arrived'),
          'freedAt', min(at) filter (where what = 'freed')))
        from timeline where case_id = cases.id))`.execute(db)
  },
}
