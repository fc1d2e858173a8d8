import { type Fault, type MotionState, surroundingsFaults } from '@lifeline/simulator-physics'

export type TowerCranePhase = 'parked' | 'waiting' | 'slinging' | 'moving' | 'taking_load' | 'setting_down'

/** What can be made to go wrong with a crane. */
export const towerCraneFaults = [
  /** The next load is trolleyed out to where it is 95 % of what the chart allows. */
  'moment',
  /** To where it is 120 %, and no limiter acts. */
  'limiter_failed',
  /** More than the crane may lift anywhere, near its tower. */
  'overload',
  /** The hook is pulled up under the jib. */
  'limit_reached',
  /** The hook is taken into the first of the crane's forbidden zones. */
  'forbidden_zone',
  /** The jib is swung into the mast of a neighbour. */
  'collision',
  ...surroundingsFaults,
] as const
export type TowerCraneFault = (typeof towerCraneFaults)[number]

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
  /** How much more than usual the mast leans, degrees to the east. */
  readonly lean: number
  readonly fault?: Fault<TowerCraneFault>
}
