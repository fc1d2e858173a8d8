import type { HoistFrame } from '@lifeline/contracts'
import type { Simulator } from '@lifeline/simulator-physics'
import type { HoistFault, HoistTruth } from './truth.ts'

/**
 * A construction hoist with its driver. What is injected comes with the next job: at once where the hoist has nothing
 * to do, else after the job it is at. A power cut, wind, tilt and a strange driver come at once.
 */
export interface Hoist extends Simulator<HoistFrame, HoistTruth, HoistFault> {
  overload(): void
  overspeed(): void
  tooManyPeople(): void
}
