/** Longest time without a look, ms: another process may have left work behind. */
const lookEveryMs = 500

/** Tells a queue that there may be work. */
export class Doorbell {
  #wake: (() => void) | undefined
  #rung = false

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Resolves at the next ring, at once where it has rung since the last wait, or after `ms`, or when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        this.#wake = undefined
        this.#rung = false
        resolve()
      }
      const timer = setTimeout(wake, ms)
      signal.addEventListener('abort', wake)
      this.#wake = wake
      if (this.#rung || signal.aborted) wake()
    })
  }
}

export interface QueueOptions {
  /** Takes the next piece of work that is due, so that no other process takes it; undefined where there is none. */
  readonly claim: () => Promise<(() => Promise<void>) | undefined>
  /** Pieces under way at once. */
  readonly atOnce: number
  readonly bell: Doorbell
  readonly signal: AbortSignal
  /** Told why there is no taking work; undefined when there is again. */
  readonly report: (reason: string | undefined) => void
  readonly onFailed: (error: unknown) => void
}

/** Works off what the database says is due, until `signal` aborts. What fails comes again when its claim runs out. */
export async function runQueue({ claim, atOnce, bell, signal, report, onFailed }: QueueOptions): Promise<void> {
  const running = new Set<Promise<void>>()
  while (!signal.aborted) {
    const job = running.size < atOnce ? await take() : undefined
    if (job === undefined) {
      await bell.wait(lookEveryMs, signal)
      continue
    }
    const done = job()
      .catch(onFailed)
      .finally(() => {
        running.delete(done)
        bell.ring()
      })
    running.add(done)
  }
  await Promise.all(running)

  async function take() {
    try {
      const job = await claim()
      report(undefined)
      return job
    } catch (error) {
      report(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }
}
