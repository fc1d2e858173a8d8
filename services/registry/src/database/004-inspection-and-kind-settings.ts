import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Until when a machine may run without a new inspection; what a district sets for all machines of a kind. */
export const inspectionAndKindSettings: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('equipment').addColumn('inspection_due_on', 'text').execute()
    await db.schema
      .createTable('kind_settings')
      .addColumn('kind', 'text', (column) => column.primaryKey())
      .addColumn('settings', 'jsonb', (column) => column.notNull())
      .execute()
  },
}
