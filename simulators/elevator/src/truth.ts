import type { ElevatorFrame } from '@lifeline/contracts'
import type { Fault, MotionState } from '@lifeline/simulator-physics'

export type ElevatorPhase = 'idle' | 'at_landing' | 'riding' | 'braking' | 'halted' | 'creeping'
export type ElevatorFault = 'entrapment' | 'overload' | 'overspeed'

/** What really goes on in a lift: m above the lowest landing, m/s, m/s², kg, unrounded. */
export interface ElevatorTruth extends MotionState {
  /** ms since the Unix epoch. */
  readonly time: number
  readonly moving: boolean
  readonly phase: ElevatorPhase
  readonly door: NonNullable<ElevatorFrame['door']>
  readonly inDoorZone: boolean
  readonly people: number
  readonly load: number
  readonly fault?: Fault<ElevatorFault>
}
