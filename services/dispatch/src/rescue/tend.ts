import { keepAcknowledgement, tellUnacknowledged } from './acknowledgement.ts'
import { keepCallBack, remindOfCallBack } from './call-back.ts'
import { clockOf, type DeskCase } from './desk-case.ts'
import { expire } from './escalation.ts'
import { milestonesAfter } from './milestones.ts'
import { propose, tellEndOutside } from './outside-help.ts'
import { begin, type Context, change, type Step } from './step.ts'
import { priorityOf } from './urgency.ts'

/** What follows from a case as a decision left it: its priority, what is proposed, and its other clocks. */
export function tend(step: Step, context: Context): Step {
  const { rescue, entries } = step
  const ranked = change(step, {
    priority: priorityOf(rescue, context.settings),
    milestones: milestonesAfter(rescue.milestones, entries),
  })
  return tellEndOutside(keepAcknowledgement(keepCallBack(propose(ranked, context), context), context))
}

/** When the desk has to act on the case next, ms; undefined where no clock runs. */
export function dueAt(rescue: DeskCase): number | undefined {
  const all = [clockOf(rescue)?.dueAt, rescue.callBack?.dueAt, rescue.acknowledgement?.dueAt].filter(
    (at) => at !== undefined,
  )
  return all.length === 0 ? undefined : Math.min(...all)
}

/** What the desk does by itself when a clock of the case is due; undefined while none is. */
export function takeDue(rescue: DeskCase, context: Context): Step | undefined {
  const escalated = expire(rescue, context)
  const reminded = remindOfCallBack(escalated ?? begin(rescue), context) ?? escalated
  return tellUnacknowledged(reminded ?? begin(rescue), context) ?? reminded
}
