import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When a secret was made (ms since the Unix epoch): what is older than it, a certificate too, opens nothing any more. */
export const credentialAges: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('credentials')
      .addColumn('issued_at', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}
