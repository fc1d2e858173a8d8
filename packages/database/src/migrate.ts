import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { MigrationFailedError } from './errors.ts'

/** Runs the migrations that have not run yet. @throws MigrationFailedError naming the one that failed */
export async function migrate<T>(
  db: Kysely<T>,
  schema: string,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const provider = { getMigrations: async () => migrations }
  const migrator = new Migrator({ db, provider, migrationTableSchema: schema })
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName
  throw new MigrationFailedError(
    failed === undefined
      ? `the migrations of schema ${schema} cannot run`
      : `migration ${failed} of schema ${schema} failed`,
    { cause: error },
  )
}
