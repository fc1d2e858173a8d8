import type { ElevatorFrame } from '@lifeline/contracts'
import type { Fault, MotionState } from '@lifeline/simulator-physics'

export type ElevatorPhase = 'idle' | 'at_landing' | 'riding' | 'drifting' | 'braking' | 'halted' | 'creeping'

/** What can be made to go wrong with a lift. */
export const elevatorFaults = [
  /** With its next passengers the car halts between two landings, doors shut. */
  'entrapment',
  /** With its next passengers it comes to a landing, and the doors stay shut. */
  'shut_in',
  /** Too many step in; the car does not start. */
  'overload',
  /** One ride goes too fast, and no governor acts. */
  'overspeed',
  /** On a ride the door opens on the way, and the car goes on. */
  'moving_with_door_open',
  /** The brake gives way at a landing: with open doors the car leaves it. */
  'unintended_movement',
  /** The car does not stop at its last landing but half a metre beyond. */
  'overtravel_top',
  'overtravel_bottom',
  /** Empty, the car halts between two landings. */
  'stop_outside_door_zone',
  /** The door turns back again and again. */
  'door_fault',
  /** Somebody holds the door open for three minutes. */
  'door_open_too_long',
  /** A contact of the safety chain opens while the car stands with doors shut. */
  'safety_chain_open',
  'power_loss',
] as const
export type ElevatorFault = (typeof elevatorFaults)[number]

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
  /** A contact of the safety chain other than the doors' is open. */
  readonly chainBroken: boolean
  readonly fault?: Fault<ElevatorFault>
}
