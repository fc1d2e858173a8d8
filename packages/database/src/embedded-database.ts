import { existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { columnParsers } from './column-values.ts'
import { DatabaseBrokenError } from './errors.ts'
import { lockFolder } from './folder-lock.ts'

export interface EmbeddedDatabase {
  readonly pglite: PGlite
  /** Gives the folder free; after the database was closed. */
  release(): void
}

/**
 * PostgreSQL inside this process, kept in `folder`.
 * @throws DatabaseInUseError, DatabaseBrokenError
 */
export async function openEmbedded(folder: string): Promise<EmbeddedDatabase> {
  await mkdir(folder, { recursive: true })
  // The files in it are made readable and writable for everybody.
  await chmod(folder, 0o700)
  const release = lockFolder(folder)
  try {
    const data = join(folder, 'data')
    if (!existsSync(data)) await make(data)
    return { pglite: await PGlite.create(data, { parsers: columnParsers }), release }
  } catch (cause) {
    release()
    throw new DatabaseBrokenError(
      `the database in ${folder} cannot be opened: put back a copy of it, or move the folder away to begin anew`,
      { cause },
    )
  }
}

/** Making one takes seconds; under its own name only when it is whole, so that a kill meanwhile leaves no torso. */
async function make(data: string): Promise<void> {
  const unfinished = `${data}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const pglite = await PGlite.create(unfinished)
  await pglite.close()
  await rename(unfinished, data)
}
