import { DatabaseError, Pool, types } from 'pg'
import { columnParsers } from './column-values.ts'
import { DatabaseUnreachableError } from './errors.ts'

const connectTimeoutMs = 5_000
/** SQLSTATE classes of a server that is starting, stopping or full; anything else waiting cannot mend. */
const passing = /^(08|53|57P)/

/**
 * Connections to a PostgreSQL server that has answered once.
 * @throws DatabaseUnreachableError where it does not answer now; what the server itself refuses (sign-in, database
 * name) as it says it
 */
export async function openPool(url: string, onLostConnection: (error: Error) => void): Promise<Pool> {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    types: { getTypeParser: (oid, format) => columnParsers[oid] ?? types.getTypeParser(oid, format) },
  })
  pool.on('error', onLostConnection)
  try {
    await pool.query('select 1')
    return pool
  } catch (cause) {
    await pool.end()
    if (cause instanceof DatabaseError && !passing.test(cause.code ?? '')) throw cause
    throw new DatabaseUnreachableError('the database server of DATABASE_URL does not answer', { cause })
  }
}
