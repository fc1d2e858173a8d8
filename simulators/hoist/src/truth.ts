import type { Fault, MotionState } from '@lifeline/simulator-physics'

export type HoistPhase = 'parked' | 'waiting' | 'loading' | 'riding'
export type HoistFault = 'overload' | 'too_many_people' | 'overspeed'

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
  readonly fault?: Fault<HoistFault>
}
