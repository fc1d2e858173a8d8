import type { ElevatorFrame } from '@lifeline/contracts'
import type { Simulator } from '@lifeline/simulator-physics'
import type { ElevatorFault, ElevatorTruth } from './truth.ts'

export interface Entrapment {
  /** At least so many are in the car. Default 1. */
  readonly people?: number
  /** ms from the halt to the first press of the alarm button, then now and then; Infinity for never. Default 5,000. */
  readonly alarmAfterMs?: number
}

/** A lift with its passengers. */
export interface Elevator extends Simulator<ElevatorFrame, ElevatorTruth, ElevatorFault> {
  /** With its next passengers the car halts between two landings, doors shut, and stays until `release`. */
  entrap(how?: Entrapment): void
  /** At the next landing too many step in; the car does not start, and after 20 s the last step out again. */
  overload(): void
  /** The next ride goes to `ratio` × rated speed (default 1.2), and no governor acts. */
  overspeed(ratio?: number): void
  /** Any mode but `normal` takes those in the car to where they want, and then nobody else. */
  setMode(mode: NonNullable<ElevatorFrame['mode']>): void
  /** Without mains nothing moves: the brake halts the car where it is. With it the car creeps to a landing. */
  setPower(power: NonNullable<ElevatorFrame['power']>): void
}
