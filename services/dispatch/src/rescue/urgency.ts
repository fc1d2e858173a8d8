import { type Condition, conditions, type DispatchSettings, type Priority, type Proposal } from '@lifeline/contracts'
import type { DeskCase } from './desk-case.ts'

export type PressingReason = Proposal['reasons'][number]

export const noCondition: Condition = { injured: false, heat: false, medical: false }

/** What either says is so. */
export const worseOf = (a: Condition, b: Condition = noCondition): Condition => ({
  injured: a.injured || b.injured,
  heat: a.heat || b.heat,
  medical: a.medical || b.medical,
})

/** What makes the case more pressing than a life at stake is anyway. */
export function pressingReasons(
  { trapped = 0, condition }: Pick<DeskCase, 'trapped' | 'condition'>,
  { severalTrapped }: DispatchSettings,
): readonly PressingReason[] {
  const several = trapped >= severalTrapped ? (['several_trapped'] as const) : []
  return [...several, ...conditions.filter((one) => condition[one])]
}

export function priorityOf(rescue: DeskCase, settings: DispatchSettings): Priority {
  const { lifeSafety, severity } = rescue
  if (lifeSafety) return pressingReasons(rescue, settings).length > 0 ? 1 : 2
  return severity === 'critical' || severity === 'major' ? 3 : 4
}
