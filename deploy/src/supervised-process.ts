import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { withDeathSignal } from './death-signal.ts'
import { signalProcess } from './process-table.ts'
import { RestartDelay } from './restart-delay.ts'

const stopLimitMs = 5_000

export interface ProcessSpec {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** How far it stands back where processors are short, 1 to 19; not at all where it is not given. */
  readonly niceness?: number
  /** Removes what an end by force leaves outside the process; done before each start and after the last end. */
  readonly clear?: () => Promise<unknown>
}

export interface ProcessEvents {
  /** The process began or ended. */
  readonly onChange: () => void
  /** It ended though nobody wanted it to. */
  readonly onDeath: (how: string, restartInMs: number) => void
}

/** Keeps one process running: starts it again, after a while that grows, whenever it ends. */
export class SupervisedProcess {
  readonly spec: ProcessSpec
  readonly #logFd: number
  readonly #events: ProcessEvents
  readonly #delay = new RestartDelay()
  #child: ChildProcess | undefined
  #wanted: AbortController | undefined
  #running: Promise<void> = Promise.resolve()

  /** @param logFd file that the process writes its output to */
  constructor(spec: ProcessSpec, logFd: number, events: ProcessEvents) {
    this.spec = spec
    this.#logFd = logFd
    this.#events = events
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Starts it and keeps it running until `stop`. */
  start(): void {
    if (this.#wanted !== undefined) return
    this.#wanted = new AbortController()
    this.#running = this.#keepRunning(this.#wanted.signal)
  }

  /** Ends it with `signal`, by force after five seconds, and resolves when nothing of it is left. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#wanted?.abort()
    this.#wanted = undefined
    const pid = this.pid
    if (pid !== undefined) signalProcess(pid, signal)
    const force = setTimeout(() => {
      if (this.pid !== undefined) signalProcess(this.pid, 'SIGKILL')
    }, stopLimitMs)
    await this.#running
    clearTimeout(force)
  }

  async #keepRunning(unwanted: AbortSignal): Promise<void> {
    while (!unwanted.aborted) {
      if (this.spec.clear !== undefined) await this.spec.clear()
      if (unwanted.aborted) break
      const startedAt = performance.now()
      const how = await this.#runOnce()
      if (unwanted.aborted) break
      const waitMs = this.#delay.next(performance.now() - startedAt)
      this.#events.onDeath(how, waitMs)
      // Rejects only when aborted, which the loop's condition sees.
      await delay(waitMs, undefined, { signal: unwanted }).catch(() => {})
    }
    await this.spec.clear?.()
  }

  /** Runs it to its end; says how it ended. */
  async #runOnce(): Promise<string> {
    const { command, args, cwd, env, niceness } = this.spec
    const [program, programArgs] = withDeathSignal(command, args)
    const child = spawn(program, programArgs, {
      cwd,
      env,
      // A group of its own: a Ctrl-C at the terminal is the launcher's to decide on. Services watch the IPC channel.
      detached: true,
      stdio: ['ignore', this.#logFd, this.#logFd, 'ipc'],
    })
    if (child.pid === undefined) return `could not be started: ${await failure(child)}`
    const { pid } = child
    // It has no threads yet; those it makes inherit it.
    if (niceness !== undefined) setPriority(pid, niceness)
    this.#child = child
    this.#events.onChange()
    const [code, signal] = await once(child, 'exit')
    this.#child = undefined
    // What it may have started itself is in its group.
    signalProcess(-pid, 'SIGKILL')
    this.#events.onChange()
    return signal === null ? `ended with code ${code}` : `was ended by ${signal}`
  }
}

async function failure(child: ChildProcess): Promise<string> {
  const [error] = await once(child, 'error')
  return error instanceof Error ? error.message : String(error)
}
