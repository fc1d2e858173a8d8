import type { Desk } from './desk.ts'
import { pause } from './pause.ts'

/** Longest time without a look, ms: another process may have started a clock that is due before ours. */
const lookEveryMs = 250
/** Where a due case is locked by somebody else, they are given that long, ms. */
const shortestMs = 20
/** Due together, so many are taken at once: in a storm one after the other would wait for the database each time. */
const atOnce = 4

export interface ClockWorkerOptions {
  readonly desk: Desk
  readonly now: () => number
  readonly signal: AbortSignal
  /** Told of each step taken and how late it was, ms. */
  readonly onExpired: (lateMs: number) => void
  /** Told why the clocks cannot be watched; undefined when they are again. */
  readonly report: (reason: string | undefined) => void
  /** Told of a case whose step failed; it is tried again at the next look. */
  readonly onFailed: (caseId: string, error: unknown) => void
}

/**
 * Takes what the clocks ask for when it is due, until `signal` aborts. The clocks are in the database, so whichever
 * process runs takes over those of one that was killed, and the lock on the case keeps two from taking the same step.
 */
export async function watchClocks(options: ClockWorkerOptions): Promise<void> {
  const { desk, now, signal, report } = options
  while (!signal.aborted) {
    let waitMs = lookEveryMs
    try {
      const due = (await desk.due()).values()
      await Promise.all(Array.from({ length: atOnce }, () => takeEach(due, options)))
      const next = await desk.nextDueAt()
      report(undefined)
      if (next !== undefined) waitMs = Math.min(lookEveryMs, Math.max(shortestMs, next - now()))
    } catch (error) {
      report(`the clocks cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
    await pause(waitMs, signal)
  }
}

async function takeEach(ids: Iterable<string>, options: ClockWorkerOptions): Promise<void> {
  for (const id of ids) await takeStep(id, options)
}

/** A case that fails must not keep the others from their step. */
async function takeStep(id: string, { desk, onExpired, onFailed }: ClockWorkerOptions): Promise<void> {
  try {
    const lateMs = await desk.expire(id)
    if (lateMs !== undefined) onExpired(lateMs)
  } catch (error) {
    onFailed(id, error)
  }
}
