import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What stands in the stream QUARANTINE, by its sequence there, without the bytes; and what became of it. */
export const quarantine: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('quarantine')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('topic', 'text', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('path', 'text')
      .addColumn('excerpt', 'text', (column) => column.notNull())
      .addColumn('payload_bytes', 'bigint', (column) => column.notNull())
      .addColumn('cut', 'text')
      .addColumn('tried_at', 'bigint')
      .addColumn('tried_by', 'text')
      .addColumn('failure', 'text')
      .addColumn('stored', 'bigint')
      .execute()
    await db.schema.createIndex('quarantine_device').on('quarantine').columns(['device_id', 'id']).execute()
    await db.schema.createIndex('quarantine_received').on('quarantine').column('received_at').execute()
  },
}
