import { type DeskCase, isClosed } from './desk-case.ts'
import { notify } from './notice.ts'
import { type Context, change, record, type Step } from './step.ts'

/** Starts the clock by which a person of the desk acts on a case of life safety, and ends it at the first act. */
export function keepAcknowledgement(step: Step, { now, atDesk, settings }: Context): Step {
  const { lifeSafety, acknowledgement: known } = step.rescue
  if (!lifeSafety || known?.at !== undefined) return step
  const by = known?.by ?? now + settings.ackSeconds * 1000
  if (atDesk) return change(step, { acknowledgement: { by, at: now } })
  // What was over before the desk heard of it awaits nobody.
  if (known !== undefined || isClosed(step.rescue)) return step
  return change(step, { acknowledgement: { by, dueAt: by } })
}

/** Tells the supervisor, once, of a case that nobody at the desk has acted on in time; undefined while it is not due. */
export function tellUnacknowledged(step: Step, context: Context): Step | undefined {
  const { by, dueAt } = step.rescue.acknowledgement ?? {}
  if (by === undefined || dueAt === undefined || dueAt > context.now) return undefined
  const told = record(change(step, { acknowledgement: { by } }), context, 'unacknowledged', { by })
  return notify(told, { to: 'supervisor', about: 'unacknowledged' })
}

/** By when somebody at the desk has to act, ms; undefined once somebody has. */
export const ackByOf = ({ acknowledgement: known }: DeskCase): number | undefined =>
  known?.at === undefined ? known?.by : undefined
