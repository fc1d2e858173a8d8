import { join } from 'node:path'
import { readLogLine } from './log-line.ts'
import { ProcessLog } from './process-log.ts'
import { type ProcessSpec, SupervisedProcess } from './supervised-process.ts'

interface Entry {
  readonly process: SupervisedProcess
  readonly log: ProcessLog
}

/** All processes of one launch, in the order in which they were started. */
export class Supervisor {
  readonly #logsDir: string
  readonly #say: (line: string) => void
  readonly #onChange: () => void
  readonly #entries = new Map<string, Entry>()

  /**
   * @param logsDir each process writes to `{name}.log` there
   * @param say hears what a person should see: deaths, and the urgent lines of the logs
   * @param onChange a process began or ended
   */
  constructor(logsDir: string, say: (line: string) => void, onChange: () => void) {
    this.#logsDir = logsDir
    this.#say = say
    this.#onChange = onChange
  }

  /** Starts a process and keeps it running. */
  start(spec: ProcessSpec): void {
    const { name } = spec
    const log = new ProcessLog(join(this.#logsDir, `${name}.log`), (line) => {
      const { urgent, text } = readLogLine(line)
      if (urgent) this.#say(`[${name}] ${text}`)
    })
    const process = new SupervisedProcess(spec, log.fd, {
      onChange: this.#onChange,
      onDeath: (how, restartInMs) => {
        log.read()
        this.#say(`[${name}] ${how}; started again in ${restartInMs / 1_000} s`)
      },
    })
    this.#entries.set(name, { process, log })
    process.start()
  }

  /** Process ids of those that run now, by name. */
  pids(): Record<string, number> {
    const pids: Record<string, number> = {}
    for (const [name, { process }] of this.#entries) if (process.pid !== undefined) pids[name] = process.pid
    return pids
  }

  /** Ends one process and leaves it so until `release`. */
  hold(name: string, signal?: NodeJS.Signals): Promise<void> {
    return this.#entry(name).process.stop(signal)
  }

  release(name: string): void {
    this.#entry(name).process.start()
  }

  /** Ends all, the last started first: each is gone before what it relies on goes. */
  async stop(): Promise<void> {
    for (const { process, log } of [...this.#entries.values()].reverse()) {
      await process.stop()
      log.close()
    }
    this.#entries.clear()
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw new Error(`no process ${name}; there are ${[...this.#entries.keys()].join(', ')}`)
    return entry
  }
}
