import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Folders of PATH, and those of system programs: Debian puts servers there and leaves them off a user's PATH. */
export function systemFolders(path = process.env.PATH ?? ''): string[] {
  return [...path.split(delimiter).filter((folder) => folder !== ''), '/usr/local/sbin', '/usr/sbin', '/sbin']
}

/** Path of the first executable file of that name in the folders; undefined where there is none. */
export function findProgram(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Not there, or not to be executed.
    return false
  }
}
