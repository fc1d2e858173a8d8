import type { OutsideService } from '@lifeline/contracts'
import type { Tier } from './desk-case.ts'
import type { Step } from './step.ts'

/** A decision to tell somebody of a case, or not to: then it says why. */
export interface Notice {
  readonly to: 'unit' | 'desk' | 'supervisor' | OutsideService
  readonly about:
    | 'opened'
    | 'assigned'
    | 'moved_on'
    | 'ended'
    | 'summoned'
    | 'reminder'
    | 'call_back'
    | 'unacknowledged'
  readonly level?: 0 | Tier
  /** Absent where 119 or 120 is to be telephoned. */
  readonly unitId?: string
  readonly notSent?: string
}

/** The unit that has the case is told that it has it no more. 119 is only ever asked: nothing of ours tells it that. */
export function notifyHolder(step: Step, about: 'moved_on' | 'ended'): Step {
  const { level, assignedTo } = step.rescue.progress
  if (assignedTo === undefined) return step
  const told = { about, level, unitId: assignedTo }
  if (level === 3) return notify(step, { to: '119', ...told, notSent: 'no message to 119 says so: telephone' })
  return notify(step, { to: 'unit', ...told })
}

/** Adds the notice; of an exercise nobody outside is told. */
export function notify(step: Step, notice: Notice): Step {
  const outside = notice.to === '119' || notice.to === '120'
  const decided = step.rescue.drill && outside ? { ...notice, notSent: 'drill' } : notice
  return { ...step, notices: [...step.notices, decided] }
}
