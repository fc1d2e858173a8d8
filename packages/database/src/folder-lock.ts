import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseInUseError } from './errors.ts'

const sqliteBusy = 5

/**
 * Takes a folder for this process alone. The lock is the operating system's (SQLite's on a file), so it ends with the
 * process whatever ends it; a file with a process id would outlive a SIGKILL and could name a stranger.
 * @returns gives the folder free again
 * @throws DatabaseInUseError where somebody else has it
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, 'lock'))
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if ((cause as { errcode?: number }).errcode !== sqliteBusy) throw cause
    throw new DatabaseInUseError(
      `the database in ${folder} is in use by another process: stop that one, or choose another DATA_DIR`,
      { cause },
    )
  }
  return () => lock.close()
}
