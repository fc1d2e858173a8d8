import { join } from 'node:path'
import { retrying } from '@lifeline/bus'
import { type Database, DatabaseUnreachableError, openDatabase } from '@lifeline/database'
import type { Health, Logger } from '@lifeline/service-kit'
import type { DispatchConfig } from './dispatch-config.ts'
import { migrations } from './store/migrations.ts'
import type { Tables } from './store/tables.ts'

/** The desk's database; waits for a server that does not answer yet. @throws what waiting cannot mend */
export function openStore(config: DispatchConfig, health: Health, logger: Logger): Promise<Database<Tables>> {
  const open = () =>
    openDatabase<Tables>({
      folder: join(config.DATA_DIR, 'dispatch'),
      databaseUrl: config.DATABASE_URL,
      schema: 'dispatch',
      migrations,
      onLostConnection: (error) => logger.warn({ err: error }, 'lost a connection to the database'),
    })
  return retrying(open, {
    giveUp: (error) => !(error instanceof DatabaseUnreachableError),
    onError: (error) => {
      health.report('database', error instanceof Error ? error.message : String(error))
      logger.warn({ err: error }, 'waiting for the database')
    },
  }).finally(() => health.report('database', undefined))
}
