import { sql } from 'kysely'
import type { Database } from './open-database.ts'

/**
 * Asks the database every few seconds whether it answers.
 * @param report hears why it does not, and undefined when it does
 * @returns ends the watch
 */
export function watchDatabase<T>(
  { db }: Database<T>,
  report: (reason: string | undefined) => void,
  everyMs = 5_000,
): () => void {
  let asking = false
  const ask = async (): Promise<void> => {
    if (asking) return
    asking = true
    try {
      await sql`select 1`.execute(db)
      report(undefined)
    } catch (error) {
      report(`the database does not answer: ${error instanceof Error ? error.message : String(error)}`)
    }
    asking = false
  }
  const timer = setInterval(() => void ask(), everyMs)
  return () => clearInterval(timer)
}
