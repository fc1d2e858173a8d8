import type { RescueCase } from '@lifeline/contracts'
import { peopleTrapped } from '../../queue/people-trapped.ts'

/**
 * How many freed people a form starts with: what was recorded before, else as many as are shut in; undefined where
 * nobody knows.
 */
export function peopleFreed(rescue: RescueCase): number | undefined {
  const recorded = rescue.timeline.findLast(({ what }) => what === 'freed')?.details.freed
  return typeof recorded === 'number' ? recorded : peopleTrapped(rescue)
}
