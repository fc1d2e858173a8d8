import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const createTables: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('sites')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('building', 'construction')`))
      .addColumn('rural', 'boolean', (column) => column.notNull())
      .$call(withLocation)
      .execute()
    await db.schema
      .createTable('units')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('phone', 'text', (column) => column.notNull())
      .addColumn('lat', 'double precision')
      .addColumn('lon', 'double precision')
      .execute()
    await db.schema
      .createTable('equipment')
      .addColumn('device_id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('site_id', 'text', (column) => column.notNull().references('sites.id'))
      .addColumn('rescue_code', 'text', (column) => column.unique())
      .addColumn('registration_code', 'text', (column) => column.notNull().unique())
      .addColumn('address', 'text', (column) => column.notNull())
      .$call(withLocation)
      .addColumn('use_unit', 'text', (column) => column.notNull())
      .addColumn('maintenance_unit', 'text', (column) => column.notNull().references('units.id'))
      .addColumn('approved_for_use', 'boolean', (column) => column.notNull())
      .addColumn('report_interval', 'double precision', (column) => column.notNull())
      .addColumn('operators', 'jsonb', (column) => column.notNull())
      .addColumn('parameters', 'jsonb', (column) => column.notNull())
      .addColumn('settings', 'jsonb', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('equipment_site').on('equipment').column('site_id').execute()
    await db.schema
      .createTable('gateways')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('site_id', 'text', (column) => column.notNull().references('sites.id'))
      .execute()
    await db.schema
      .createTable('credentials')
      .addColumn('username', 'text', (column) => column.primaryKey())
      .addColumn('salt', 'text', (column) => column.notNull())
      .addColumn('secret_hash', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('users')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('unit_id', 'text', (column) => column.references('units.id'))
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('settings_audit')
      .addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_by', 'text', (column) => column.notNull())
      .addColumn('settings_before', 'jsonb', (column) => column.notNull())
      .addColumn('settings_after', 'jsonb', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('settings_audit_device').on('settings_audit').column('device_id').execute()
  },
}

const withLocation = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
  table
    .addColumn('lat', 'double precision', (column) => column.notNull())
    .addColumn('lon', 'double precision', (column) => column.notNull())
