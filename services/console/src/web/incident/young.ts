import type { RescueCase } from '@lifeline/contracts'

/** How long the words of comfort stay up without anybody on the scene, ms. */
const youngMs = 20 * 60_000

/** Whether people may be shut in and nobody is with them yet, so that they are to be talked to. */
export function isYoung(
  { state, lifeSafety, openedAt }: Pick<RescueCase, 'state' | 'lifeSafety' | 'openedAt'>,
  now: number,
): boolean {
  return lifeSafety && !['arrived', 'freed', 'closed'].includes(state) && now - openedAt < youngMs
}
