import { conditions, type Incident, type Report, type RuleName } from '@lifeline/contracts'
import { type DeskCase, isClosed } from './desk-case.ts'

/** Rules that tell of the same people in the same car, the more severe first. */
const peopleInCar: readonly RuleName[] = ['entrapment', 'alarm_button']

/** Rules of life safety whatever is measured (interface.md §6); `overspeed` only at governor speed. */
const lifeSafetyRules: ReadonlySet<RuleName> = new Set([
  ...peopleInCar,
  'unintended_movement',
  'moving_with_door_open',
  'overtravel_top',
  'overtravel_bottom',
  'safety_device_tripped',
  'collision',
] as const satisfies readonly RuleName[])

/** Whether an incident is of life safety whatever else is known of it. */
export const isLifeSafetyIncident = ({ rule, severity }: Pick<Incident, 'rule' | 'severity'>): boolean =>
  lifeSafetyRules.has(rule) || (rule === 'overspeed' && severity === 'critical')

/** Whether a caller's report is of life safety: by its rule, or because somebody is trapped, hurt or unwell. */
export const isLifeSafetyReport = ({ rule, trapped = 0, condition }: Report): boolean =>
  lifeSafetyRules.has(rule) || trapped > 0 || conditions.some((one) => condition?.[one] === true)

/** Whether what joins a case names it from then on: it is of life safety first, or the people are known to be shut in. */
export function takesLead(
  joining: { readonly rule: RuleName; readonly lifeSafety: boolean },
  rescue: DeskCase,
): boolean {
  if (joining.lifeSafety && !rescue.lifeSafety) return true
  const [first, second] = peopleInCar
  return joining.rule === first && rescue.rule === second
}

/**
 * The open case of a device that a new incident of the engine belongs to: one that a caller opened for the same
 * trouble, or one of the same people in the car.
 * @param cases the device's cases
 */
export function caseForIncident(cases: readonly DeskCase[], { rule, lifeSafety }: Incident): DeskCase | undefined {
  return mostUrgent(
    cases.filter(
      ({ openedBy, rules, drill }) =>
        // An exercise must not swallow what happens in earnest.
        !drill &&
        ((openedBy === 'caller' && (lifeSafety || rules.includes(rule))) ||
          (peopleInCar.includes(rule) && rules.some((known) => peopleInCar.includes(known)))),
    ),
  )
}

/** The open case of a device that a caller's report belongs to: the one of life safety, or one of the same rule. */
export function caseForReport(cases: readonly DeskCase[], { rule, drill = false }: Report): DeskCase | undefined {
  const alike = cases.filter((rescue) => rescue.drill === drill)
  const same = alike.filter(({ rules }) => rules.includes(rule))
  return mostUrgent(same) ?? mostUrgent(alike.filter(({ lifeSafety }) => lifeSafety))
}

function mostUrgent(cases: readonly DeskCase[]): DeskCase | undefined {
  return cases
    .filter((rescue) => !isClosed(rescue))
    .toSorted((a, b) => Number(b.lifeSafety) - Number(a.lifeSafety) || b.openedAt - a.openedAt)[0]
}
