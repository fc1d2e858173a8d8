export { DatabaseBrokenError, DatabaseInUseError, DatabaseUnreachableError, MigrationFailedError } from './errors.ts'
export { type Database, type DatabaseOptions, openDatabase } from './open-database.ts'
export { watchDatabase } from './watch-database.ts'
