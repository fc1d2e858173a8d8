import { existsSync } from 'node:fs'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { dataDir } from '@electric-sql/pglite-prepopulatedfs'
import { columnParsers } from './column-values.ts'
import { DatabaseBrokenError } from './errors.ts'
import { lockFolder } from './folder-lock.ts'

// The optimizing compiler of WebAssembly costs more than it gains here: it burns seconds of CPU after each start, and a
// process that ends waits for it. Statements take no longer without it.
setFlagsFromString('--liftoff-only')

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
    return { pglite: await openOrMake(folder), release }
  } catch (cause) {
    release()
    throw new DatabaseBrokenError(
      `the database in ${folder} cannot be opened: put back a copy of it, or move the folder away to begin anew`,
      { cause },
    )
  }
}

/** Making one takes seconds; a mark beside it until it is whole tells what a kill meanwhile has left behind. */
async function openOrMake(folder: string): Promise<PGlite> {
  const [data, mark] = [join(folder, 'data'), join(folder, 'making')]
  if (existsSync(mark)) await rm(data, { recursive: true, force: true })
  const isNew = !existsSync(data)
  if (isNew) await writeFile(mark, '')
  // Unpacking a database that was initialised beforehand takes a quarter of what initdb takes here.
  const made = isNew ? { loadDataDir: await dataDir() } : {}
  const pglite = await PGlite.create(data, { parsers: columnParsers, ...made })
  await rm(mark, { force: true })
  return pglite
}
