import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DatabaseBrokenError, DatabaseInUseError, DatabaseUnreachableError, MigrationFailedError } from './errors.ts'
import { type Database, type DatabaseOptions, openDatabase } from './open-database.ts'
import { watchDatabase } from './watch-database.ts'

interface Tables {
  things: { name: string; at: number; day: string; details: { readonly a: readonly number[] } }
}

const createThings = {
  up: (db: Kysely<unknown>) =>
    db.schema
      .createTable('things')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('day', 'date', (column) => column.notNull())
      .addColumn('details', 'jsonb', (column) => column.notNull())
      .execute(),
}
const thing = { name: 'one', at: 1_769_000_000_123, day: '2024-02-29', details: { a: [1, 2] } }

let folder: Awaited<ReturnType<typeof tempFolder>>
let opened: Database<Tables>[]

beforeEach(async () => {
  folder = await tempFolder()
  opened = []
})

afterEach(async () => {
  for (const { close } of opened) await close()
  await folder.remove()
})

async function open(options: Partial<DatabaseOptions> = {}): Promise<Database<Tables>> {
  const database = await openDatabase<Tables>({
    folder: folder.path,
    schema: 'stock',
    migrations: { '001': createThings },
    ...options,
  })
  opened.push(database)
  return database
}

const close = async (database: Database<Tables>): Promise<void> => {
  opened.splice(opened.indexOf(database), 1)
  await database.close()
}

async function storesThings({ db }: Database<Tables>): Promise<void> {
  await db.insertInto('things').values(thing).execute()
  expect(await db.selectFrom('things').selectAll().execute()).toEqual([thing])
  const { rows } = await sql`select table_schema from information_schema.tables where table_name = 'things'`.execute(db)
  expect(rows).toEqual([{ table_schema: 'stock' }])
  const failing = db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('things').execute()
    throw new Error('on second thoughts')
  })
  const beside = db.updateTable('things').set({ at: 1 }).execute()
  await expect(failing).rejects.toThrow('on second thoughts')
  await beside
  expect(await db.selectFrom('things').selectAll().execute()).toEqual([{ ...thing, at: 1 }])
}

describe('embedded', { timeout: 120_000 }, () => {
  test('rows come back as they were written, and a statement beside a transaction is none of its business', async () => {
    await storesThings(await open())
  })

  test('rows are there when it is opened again, and migrations run once', async () => {
    const first = await open()
    await first.db.insertInto('things').values(thing).execute()
    await close(first)
    const { db } = await open()
    expect(await db.selectFrom('things').selectAll().execute()).toEqual([thing])
  })

  test('a folder that somebody has open is refused by name, and can be had once it is closed', async () => {
    const first = await open()
    const second = open()
    await expect(second).rejects.toThrow(DatabaseInUseError)
    await expect(second).rejects.toThrow(folder.path)
    await close(first)
    await open()
  })

  test('a folder that a kill left half made is made anew', async () => {
    const data = join(folder.path, 'data')
    await mkdir(join(data, 'base'), { recursive: true })
    await writeFile(join(data, 'PG_VERSION'), '17\n')
    await writeFile(join(folder.path, 'making'), '')
    await storesThings(await open())
    expect(await readdir(folder.path)).not.toContain('making')
  })

  test('nobody else on the machine may look into it', async () => {
    await open()
    expect((await stat(folder.path)).mode & 0o777).toBe(0o700)
  })

  test('a watch hears when the database answers and when it does not any more', async () => {
    const database = await open()
    const heard = Promise.withResolvers<string | undefined>()
    const stop = watchDatabase(database, (reason) => heard.resolve(reason), 5)
    expect(await heard.promise).toBeUndefined()
    stop()
    await close(database)
    const failed = Promise.withResolvers<string | undefined>()
    const stopAgain = watchDatabase(database, (reason) => failed.resolve(reason), 5)
    expect(await failed.promise).toContain('does not answer')
    stopAgain()
  })

  test('a folder that is no database is refused by name and left as it is', async () => {
    await close(await open())
    await writeFile(join(folder.path, 'data', 'global', 'pg_control'), 'nonsense')
    await expect(open()).rejects.toThrow(DatabaseBrokenError)
    await expect(open()).rejects.toThrow(folder.path)
  })

  test('a failed migration leaves nothing of itself, and the error names it', async () => {
    const migrations = {
      '001': createThings,
      '002': {
        up: async (db: Kysely<unknown>) => {
          await db.schema.alterTable('things').addColumn('colour', 'text').execute()
          await sql`select no_such_thing()`.execute(db)
        },
      },
    }
    const failing = open({ migrations })
    await expect(failing).rejects.toThrow(MigrationFailedError)
    await expect(failing).rejects.toThrow('migration 002')
    const { db } = await open()
    expect(
      await sql`select column_name from information_schema.columns where column_name = 'colour'`.execute(db),
    ).toMatchObject({ rows: [] })
  })
})

test('a server that does not answer is told from one that refuses', async () => {
  await expect(open({ databaseUrl: 'postgres://127.0.0.1:1/x' })).rejects.toThrow(DatabaseUnreachableError)
})

const databaseUrl = process.env.DATABASE_URL_TEST

test.skipIf(databaseUrl === undefined)('a server keeps the same rows the same way', async () => {
  const database = await open({ databaseUrl })
  try {
    await storesThings(database)
  } finally {
    await sql`drop schema stock cascade`.execute(database.db)
  }
})
