import type { Fault, MotionState } from '@lifeline/simulator-physics'

export type TowerCranePhase = 'parked' | 'waiting' | 'slinging' | 'moving' | 'taking_load' | 'setting_down'
export type TowerCraneFault = 'moment'

/** What really goes on in a crane: degrees, m and kg, with their rates per s and s², unrounded. */
export interface TowerCraneTruth {
  /** ms since the Unix epoch. */
  readonly time: number
  readonly moving: boolean
  readonly phase: TowerCranePhase
  /** Degrees clockwise from north, not brought back into 0 to 360. */
  readonly slew: MotionState
  /** Radius of the trolley. */
  readonly trolley: MotionState
  /** Height of the hook above the site datum. */
  readonly hook: MotionState
  /** Mass on the hook. */
  readonly load: number
  /** Its pull in kg: the mass, and what its acceleration adds. */
  readonly hookLoad: number
  /** What the load chart allows at this radius, kg. */
  readonly capacity: number
  readonly momentShare: number
  readonly windSpeed: number
  readonly fault?: Fault<TowerCraneFault>
}
