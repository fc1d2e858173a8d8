import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Devices that speak another format than the native one, and what they are called in it. */
export const vendorFormats: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('equipment').addColumn('format', 'text').addColumn('vendor_id', 'text').execute()
  },
}
