/** Another process has the embedded database open; it takes one at a time. */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError'
  readonly code = 'DATABASE_IN_USE'
}

/** The folder of the embedded database cannot be read as one. */
export class DatabaseBrokenError extends Error {
  override readonly name = 'DatabaseBrokenError'
  readonly code = 'DATABASE_BROKEN'
}

/** The PostgreSQL server does not answer, or not yet: trying again later may help. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError'
  readonly code = 'DATABASE_UNREACHABLE'
}

/** The tables could not be brought to what this version needs; nothing of the failed migration was kept. */
export class MigrationFailedError extends Error {
  override readonly name = 'MigrationFailedError'
  readonly code = 'MIGRATION_FAILED'
}
