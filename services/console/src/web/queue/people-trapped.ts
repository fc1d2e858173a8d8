import type { RescueCase } from '@lifeline/contracts'

/**
 * How many people are shut in: what a caller said, else what the car counted; undefined where nobody knows or the
 * case is of another kind.
 */
export function peopleTrapped({ trapped, rule, measured }: Pick<RescueCase, 'trapped' | 'rule' | 'measured'>) {
  if (trapped !== undefined) return trapped
  return rule === 'entrapment' && typeof measured.people === 'number' ? measured.people : undefined
}
