import { type Fault, type MotionState, surroundingsFaults } from '@lifeline/simulator-physics'

export type HoistPhase = 'parked' | 'waiting' | 'loading' | 'riding' | 'halted'

/** What can be made to go wrong with a hoist. */
export const hoistFaults = [
  /** 115 % of the rated load is put into the cage; it does not start, and after 20 s some is taken out again. */
  'overload',
  /** One ride is made with two people more than allowed. */
  'too_many_people',
  /** One ride goes down 5 % faster than the safety device may let it, and the device does not trip. */
  'overspeed',
  /** One ride is made with the door open. */
  'moving_with_door_open',
  /** The cage does not stop at its last landing but runs into the limit switch. */
  'overtravel_top',
  'overtravel_bottom',
  /** Going down too fast, the cage is caught between two landings by its safety device. */
  'safety_device_tripped',
  /** The drive fails between two landings. */
  'entrapment',
  'power_loss',
  ...surroundingsFaults,
] as const
export type HoistFault = (typeof hoistFaults)[number]

/** What really goes on in a hoist: m above the lowest landing, m/s, m/s², kg, unrounded. */
export interface HoistTruth extends MotionState {
  /** ms since the Unix epoch. */
  readonly time: number
  readonly moving: boolean
  readonly phase: HoistPhase
  /** Cage door and landing gate move together. */
  readonly door: 'closed' | 'open'
  /** Driver included. */
  readonly people: number
  readonly load: number
  readonly windSpeed: number
  /** How much more than usual the mast leans, degrees to the east. */
  readonly lean: number
  readonly safetyDevice: 'armed' | 'tripped'
  readonly topLimit: boolean
  readonly bottomLimit: boolean
  readonly power: 'mains' | 'off'
  readonly fault?: Fault<HoistFault>
}
