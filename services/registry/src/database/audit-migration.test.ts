import { openDatabase } from '@lifeline/database'
import { tempFolder } from '@lifeline/test-support'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { readAudit } from '../audit/read-audit.ts'
import { openRegistryDatabase } from '../testing/registry-database.ts'
import { migrations } from './migrations.ts'

test('changes of settings that were audited before the audit of everything stand in it, in their order', async () => {
  const folder = await tempFolder()
  const entries = Object.entries(migrations).filter(([name]) => name < '005')
  const before = await openDatabase({
    folder: folder.path,
    databaseUrl: undefined,
    schema: 'registry',
    migrations: Object.fromEntries(entries),
  })
  for (const [at, after] of [
    [1, '{"wind":{"stopSpeed":15}}'],
    [2, '{}'],
  ]) {
    await sql`insert into settings_audit (device_id, changed_at, changed_by, settings_before, settings_after)
      values ('hoist-1', ${at}, 'supervisor', '{}', ${after})`.execute(before.db)
  }
  await before.close()
  const { db, close } = await openRegistryDatabase(folder.path)
  const entry = { by: 'supervisor', what: 'settings.changed', subject: 'hoist-1' }
  expect(await readAudit(db, { limit: 10 })).toEqual([
    { ...entry, id: 2, at: 2, details: { before: {}, after: {} } },
    { ...entry, id: 1, at: 1, details: { before: {}, after: { wind: { stopSpeed: 15 } } } },
  ])
  await close()
  await folder.remove()
}, 240_000)
