import type { Kysely } from 'kysely'
import type { RegistryTables } from './tables.ts'

/** The registry's database, or a transaction on it. */
export type RegistryDb = Kysely<RegistryTables>
