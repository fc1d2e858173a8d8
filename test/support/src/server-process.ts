import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

/** How a server runs; `niceness` is how far it stands back where processors are short, 1 to 19. */
export type RunOptions = Pick<SpawnOptions, 'cwd' | 'env'> & { readonly niceness?: number }

/** A real server in a process of its own that a test can kill and start again on the same data. */
export class ServerProcess {
  readonly #command: string
  readonly #args: readonly string[]
  readonly #ready: () => Promise<boolean>
  readonly #options: RunOptions
  #child: ChildProcess | undefined
  #output = ''

  /** @param ready asked until it says true; the server counts as started then */
  constructor(command: string, args: readonly string[], ready: () => Promise<boolean>, options: RunOptions = {}) {
    this.#options = options
    this.#command = command
    this.#args = args
    this.#ready = ready
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** @throws Error with the server's output where it ends or is not ready in 120 s */
  async start(): Promise<void> {
    const { niceness, ...options } = this.#options
    const child = spawn(this.#command, this.#args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    if (niceness !== undefined && child.pid !== undefined) setPriority(child.pid, niceness)
    this.#child = child
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-4_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => keep(Buffer.from(String(error))))
    const deadline = Date.now() + 120_000
    while (!(await this.#ready())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`${this.#command} did not start: ${this.#output}`)
      }
      await delay(20)
    }
  }

  /** Ends it with `signal` and waits until it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
}
