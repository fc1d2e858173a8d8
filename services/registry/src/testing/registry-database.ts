import { type Database, openDatabase } from '@lifeline/database'
import { migrations } from '../database/migrations.ts'
import type { RegistryTables } from '../database/tables.ts'

/** The registry's database in a folder, or on a server, in this process. */
export const openRegistryDatabase = (folder: string, databaseUrl?: string): Promise<Database<RegistryTables>> =>
  openDatabase<RegistryTables>({ folder, databaseUrl, schema: 'registry', migrations })
