import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { LaunchError } from './launch-error.ts'
import { processStart, signalProcess } from './process-table.ts'

const processSchema = z.object({ name: z.string(), pid: z.int().positive(), start: z.string() })
const lockSchema = z.object({ launcher: processSchema, children: z.array(processSchema) })
type KnownProcess = z.infer<typeof processSchema>

/** One launcher per data folder. The lock also says what it runs, so that the next one can end what a crash left. */
export class DataLock {
  readonly #path: string
  readonly #launcher: KnownProcess

  private constructor(path: string, launcher: KnownProcess) {
    this.#path = path
    this.#launcher = launcher
  }

  /**
   * Takes the folder, which is made where it is missing. Processes left by a launcher that is no more are ended first.
   * @param onLeftover hears the name of each of those
   * @throws LaunchError DATA_IN_USE where another launcher runs on it, CONFIG_INVALID where the folder cannot be made
   */
  static async take(dataDir: string, onLeftover: (name: string, pid: number) => void): Promise<DataLock> {
    try {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    } catch (error) {
      throw new LaunchError('CONFIG_INVALID', `Not started: DATA_DIR=${dataDir} cannot be made (${codeOf(error)})`, {
        cause: error,
      })
    }
    const path = join(dataDir, 'launcher.json')
    const launcher = { name: 'launcher', pid: process.pid, start: processStart(process.pid) ?? '' }
    const lock = new DataLock(path, launcher)
    while (!lock.#create()) {
      const held = readLock(path)
      if (held === undefined) continue
      if (isAlive(held.launcher)) {
        throw new LaunchError(
          'DATA_IN_USE',
          `Not started: Lifeline already runs on ${dataDir} as process ${held.launcher.pid}. Stop it (kill ${held.launcher.pid}), or set DATA_DIR to another folder.`,
        )
      }
      const leftovers = held.children.filter(isAlive)
      for (const { name, pid } of leftovers) onLeftover(name, pid)
      await Promise.all(leftovers.map(end))
      rmSync(path, { force: true })
    }
    return lock
  }

  /** Remembers what runs now. */
  record(pids: Readonly<Record<string, number>>): void {
    const children = Object.entries(pids).map(([name, pid]) => ({ name, pid, start: processStart(pid) ?? '' }))
    // Renamed into place: a crash between leaves the old list, never half a one.
    writeFileSync(`${this.#path}.new`, this.#text(children))
    renameSync(`${this.#path}.new`, this.#path)
  }

  release(): void {
    rmSync(this.#path, { force: true })
  }

  /** Whether the lock was free and is ours now. */
  #create(): boolean {
    const own = `${this.#path}.${process.pid}`
    writeFileSync(own, this.#text([]))
    try {
      // A link appears whole and fails where another is there; writing in place would do neither.
      linkSync(own, this.#path)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    } finally {
      rmSync(own)
    }
  }

  #text(children: readonly KnownProcess[]): string {
    return `${JSON.stringify({ launcher: this.#launcher, children }, undefined, 2)}\n`
  }
}

/** Undefined where the file went away meanwhile. */
function readLock(path: string): z.infer<typeof lockSchema> | undefined {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    const advice = 'If no Lifeline runs on this folder, delete the file.'
    throw new LaunchError('DATA_IN_USE', `Not started: ${path} cannot be read. ${advice}`, { cause: error })
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code

const isAlive = ({ pid, start }: KnownProcess): boolean => processStart(pid) === start

async function end(known: KnownProcess): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(known)) return
    signalProcess(known.pid, signal)
    for (let waitedMs = 0; waitedMs < 5_000 && isAlive(known); waitedMs += 50) await delay(50)
  }
}
