import { resolve } from 'node:path'

/** Folder of the clone. */
export const projectRoot = resolve(import.meta.dirname, '../..')
