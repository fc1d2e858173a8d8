import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** One audit of everything, which nobody can change, in place of that of settings; commands to devices. */
export const auditAndCommands: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('audit')
      .addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('details', 'jsonb', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('audit_subject').on('audit').columns(['subject', 'id']).execute()
    await sql`insert into audit (at, by, what, subject, details)
      select changed_at, changed_by, 'settings.changed', device_id,
        jsonb_build_object('before', settings_before, 'after', settings_after)
      from settings_audit order by id`.execute(db)
    await db.schema.dropTable('settings_audit').execute()
    await sql`create function refuse_audit_change() returns trigger language plpgsql as
      $$ begin raise exception 'the audit is only added to'; end $$`.execute(db)
    await sql`create trigger audit_only_added_to before update or delete or truncate on audit
      for each statement execute function refuse_audit_change()`.execute(db)

    await db.schema
      .createTable('commands')
      .addColumn('number', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('args', 'jsonb', (column) => column.notNull())
      .addColumn('given_by', 'text', (column) => column.notNull())
      .addColumn('why', 'text')
      .addColumn('sent_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('handed_at', 'bigint')
      .addColumn('delivered_at', 'bigint')
      .addColumn('answered_at', 'bigint')
      .addColumn('ok', 'boolean')
      .addColumn('reason', 'text')
      .execute()
    await db.schema.createIndex('commands_device').on('commands').columns(['device_id', 'number']).execute()
    await db.schema.createIndex('commands_expiry').on('commands').column('expires_at').execute()
  },
}
