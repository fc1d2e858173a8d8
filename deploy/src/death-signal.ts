import { spawnSync } from 'node:child_process'
import { findProgram, systemFolders } from './find-program.ts'

let setpriv: string | false | undefined

/**
 * The same command, arranged so that the kernel sends it SIGTERM when the process that started it is gone, in
 * whatever way: needs setpriv of util-linux 2.33 or newer. Elsewhere the command as it is.
 */
export function withDeathSignal(command: string, args: readonly string[]): [string, string[]] {
  setpriv ??= findSetpriv() ?? false
  return setpriv === false ? [command, [...args]] : [setpriv, ['--pdeathsig', 'TERM', command, ...args]]
}

function findSetpriv(): string | undefined {
  const found = findProgram('setpriv', systemFolders())
  // busybox has a setpriv that cannot do this.
  return found !== undefined && spawnSync(found, ['--pdeathsig', 'TERM', 'true']).status === 0 ? found : undefined
}
