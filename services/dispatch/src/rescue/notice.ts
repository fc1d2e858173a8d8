import type { OutsideService } from '@lifeline/contracts'
import { askedUnits, type Tier } from './desk-case.ts'
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

/**
 * The units that the case is with are told that it is no more. That fire is not needed at level 3 any more is for the
 * desk to telephone; the end of the case is told by `tellEndOutside`.
 * @param still ids of those that it stays with
 */
export function notifyHolders(
  step: Step,
  about: 'moved_on' | 'ended',
  still: readonly (string | undefined)[] = [],
): Step {
  const { level } = step.rescue.progress
  return askedUnits(step.rescue)
    .filter((unitId) => !still.includes(unitId))
    .reduce((done, unitId) => {
      const told = { about, level, unitId }
      if (level === 3 && about === 'ended') return done
      if (level === 3) return notify(done, { to: '119', ...told, notSent: 'no message to 119 says so: telephone' })
      return notify(done, { to: 'unit', ...told })
    }, step)
}

/** Adds the notice; of an exercise nobody outside is told. */
export function notify(step: Step, notice: Notice): Step {
  const outside = notice.to === '119' || notice.to === '120'
  const decided = step.rescue.drill && outside ? { ...notice, notSent: 'drill' } : notice
  return { ...step, notices: [...step.notices, decided] }
}
