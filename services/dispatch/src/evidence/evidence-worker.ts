import { pause } from '../pause.ts'
import type { Db } from '../store/tables.ts'
import type { Curve } from './curve.ts'
import { type EvidenceTask, failCurve, storeCurve, takeEvidenceTask } from './evidence-store.ts'

const lookEveryMs = 1_000
const firstRetryMs = 2_000
const longestRetryMs = 300_000
/** About two days of trying; then the case says that there is no curve, and why. */
const maxAttempts = 600
/** An empty answer may only be late; believed after that. */
const emptyAttempts = 4

export interface EvidenceWorkerOptions {
  readonly db: Db
  readonly now: () => number
  readonly signal: AbortSignal
  readonly read: (task: EvidenceTask, signal: AbortSignal) => Promise<Curve>
  readonly onFailed: (task: EvidenceTask, error: unknown) => void
  /** Told why the tasks cannot be taken; undefined when they can again. */
  readonly report: (reason: string | undefined) => void
}

/** Reads curves whose windows have closed, one at a time beside everything else, until `signal` aborts. */
export async function keepEvidence(options: EvidenceWorkerOptions): Promise<void> {
  const { db, now, signal, report } = options
  while (!signal.aborted) {
    let task: EvidenceTask | undefined
    try {
      task = await takeEvidenceTask(db, now())
      if (task !== undefined) await readOne(task, options)
      report(undefined)
    } catch (error) {
      report(`the evidence cannot be kept: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (task === undefined) await pause(lookEveryMs, signal)
  }
}

async function readOne(task: EvidenceTask, options: EvidenceWorkerOptions): Promise<void> {
  const { db, now, signal, read, onFailed } = options
  const retryAt = (): number => now() + Math.min(longestRetryMs, firstRetryMs * 2 ** (task.attempts - 1))
  let curve: Curve
  try {
    curve = await read(task, signal)
  } catch (error) {
    if (signal.aborted) return
    onFailed(task, error)
    const message = error instanceof Error ? error.message : String(error)
    await failCurve(db, task, message, task.attempts < maxAttempts ? retryAt() : undefined)
    return
  }
  if (Object.keys(curve).length === 0 && task.attempts < emptyAttempts) {
    await failCurve(db, task, 'nothing is known of the machine in this time yet', retryAt())
  } else {
    await storeCurve(db, task, curve, now())
  }
}
