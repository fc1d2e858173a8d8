import { spawn } from 'node:child_process'
import { signalProcess } from './process-table.ts'

export interface CommandResult {
  /** Exit code; undefined where a signal ended it or it could not be started. */
  readonly code: number | undefined
  /** The end of what it wrote, both streams. */
  readonly output: string
}

/**
 * Runs a command to its end, in a process group of its own: a Ctrl-C at the terminal does not reach it.
 * @param options.stopWith sent to it once `signal` aborts; its end is waited for then too
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: {
    readonly env?: NodeJS.ProcessEnv
    readonly cwd?: string
    readonly signal?: AbortSignal
    readonly stopWith?: NodeJS.Signals
  } = {},
): Promise<CommandResult> {
  const { env = process.env, cwd, signal, stopWith = 'SIGTERM' } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const stop = (): void => {
      if (child.pid !== undefined) signalProcess(child.pid, stopWith)
    }
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
    const finish = (code: number | undefined): void => {
      signal?.removeEventListener('abort', stop)
      resolve({ code, output: output.trim() })
    }
    child.once('error', (error) => {
      keep(Buffer.from(error.message))
      finish(undefined)
    })
    child.once('close', (code) => finish(code ?? undefined))
  })
}
