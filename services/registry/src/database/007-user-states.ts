import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Users who may sign in no more, and since when sessions of a user count. */
export const userStates: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('users').addColumn('disabled_at', 'bigint').execute()
    await db.schema.alterTable('users').addColumn('sessions_from', 'bigint').execute()
  },
}
