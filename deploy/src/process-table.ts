import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When the process with that id began, as an opaque text: with the id it names one process for ever, since ids are
 * used again. Undefined where no such process runs.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const fields = statFields(pid)
    // A zombie has ended; only its parent has not asked how.
    return fields === undefined || fields[0] === 'Z' ? undefined : fields[19]
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    // ps ends with 1 where no process has the id.
    return undefined
  }
}

/** Id of the process's parent. Undefined where it is gone, and on systems without /proc for all but this process. */
export function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid
  const parent = process.platform === 'linux' ? statFields(pid)?.[1] : undefined
  return parent === undefined ? undefined : Number(parent)
}

/** The command line, split at blanks. Empty where it cannot be read. */
export function commandOf(pid: number): string[] {
  const line = process.platform === 'linux' ? readProc(pid, 'cmdline') : undefined
  return line === undefined ? [] : line.split(/[\0 ]+/).filter((word) => word !== '')
}

/** Fields of /proc/{pid}/stat from the third on: state, parent, …; the second, a name, may hold blanks. */
function statFields(pid: number): string[] | undefined {
  const stat = readProc(pid, 'stat')
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // The process has ended.
    return undefined
  }
}

/** Sends a signal; a process that has ended meanwhile needs none. A negative id means a process group. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
