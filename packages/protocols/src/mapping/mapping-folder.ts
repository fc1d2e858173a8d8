import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileMapping, type VendorFormat } from './compile-mapping.ts'
import { MappingError, parseMapping } from './mapping-schema.ts'

/** Where the mappings that come with the product stand. */
export const builtInMappings: string = fileURLToPath(new URL('../../mappings', import.meta.url))

/** Reads one mapping file; its name without `.json` is the format's. @throws MappingError */
export async function loadMapping(file: string): Promise<VendorFormat> {
  const name = basename(file, '.json')
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    throw new MappingError(`${file}: a mapping is called by letters, digits, "-" and "_", at most 64 of them`)
  }
  return compileMapping(name, parseMapping(await readFile(file, 'utf8'), basename(file)))
}

/** What a folder holds: the formats that can be used, and why others cannot. */
export interface LoadedMappings {
  readonly formats: ReadonlyMap<string, VendorFormat>
  readonly errors: ReadonlyMap<string, MappingError>
}

/** Reads all mappings of a folder, which may be absent. */
export async function loadMappings(folder: string): Promise<LoadedMappings> {
  const formats = new Map<string, VendorFormat>()
  const errors = new Map<string, MappingError>()
  for (const file of (await filesOf(folder)).filter((name) => name.endsWith('.json')).sort()) {
    try {
      const format = await loadMapping(join(folder, file))
      formats.set(format.name, format)
    } catch (error) {
      const known = error instanceof MappingError
      errors.set(basename(file, '.json'), known ? error : new MappingError(`${file}: cannot be read`, { cause: error }))
    }
  }
  return { formats, errors }
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
