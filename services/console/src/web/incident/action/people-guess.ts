import type { RescueCase } from '@lifeline/contracts'

/**
 * How many people a form should start with: those who were freed, else what a caller said, else what the car counted;
 * undefined where nobody knows.
 */
export function peopleGuess({ trapped, measured, timeline }: RescueCase): number | undefined {
  const freed = timeline.findLast(({ what }) => what === 'freed')?.details.freed
  return [freed, trapped, measured.people].find((count) => typeof count === 'number')
}
