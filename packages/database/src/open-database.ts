import { CompiledQuery, type DatabaseConnection, Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import type { Migration } from 'kysely/migration'
import { openEmbedded } from './embedded-database.ts'
import { migrate } from './migrate.ts'
import { openPool } from './server-pool.ts'

export interface DatabaseOptions {
  /** Folder of the embedded database; used where there is no `databaseUrl`. Nobody else may have it open. */
  readonly folder: string
  /** `postgres://…`: a PostgreSQL server instead. */
  readonly databaseUrl?: string | undefined
  /** Schema that holds all tables; made where it is missing, and the only one that names are looked up in. */
  readonly schema: string
  /** In the order of their names; each runs once, in a transaction. Never change one that was released. */
  readonly migrations: Readonly<Record<string, Migration>>
  /** Told when an idle connection to the server breaks; the next query opens another. */
  readonly onLostConnection?: (error: Error) => void
}

export interface Database<T> {
  readonly db: Kysely<T>
  /** After that the database can be opened again. */
  close(): Promise<void>
}

/**
 * Opens the database of a service, PostgreSQL's dialect either way, with its tables as the migrations leave them.
 * @throws DatabaseUnreachableError where the server does not answer: try again
 * @throws DatabaseInUseError, DatabaseBrokenError where the folder cannot be used
 * @throws MigrationFailedError
 */
export async function openDatabase<T>(options: DatabaseOptions): Promise<Database<T>> {
  const { folder, databaseUrl, schema, migrations, onLostConnection = () => undefined } = options
  const onCreateConnection = async (connection: DatabaseConnection): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(`set search_path to "${schema}"`))
  }
  const embedded = databaseUrl === undefined ? await openEmbedded(folder) : undefined
  const dialect =
    embedded === undefined
      ? new PostgresDialect({ pool: await openPool(databaseUrl ?? '', onLostConnection), onCreateConnection })
      : new PGliteDialect({ pglite: embedded.pglite, onCreateConnection })
  const db = new Kysely<T>({ dialect })
  const close = async (): Promise<void> => {
    await db.destroy()
    embedded?.release()
  }
  try {
    await migrate(db, schema, migrations)
  } catch (error) {
    await close()
    throw error
  }
  return { db, close }
}
