import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Rescuers' phones, whose app is told by MQTT. */
export const phones: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('phones')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('unit_id', 'text', (column) => column.notNull().references('units.id'))
      .addColumn('name', 'text', (column) => column.notNull())
      .execute()
  },
}
