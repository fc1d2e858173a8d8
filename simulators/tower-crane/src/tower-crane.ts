import type { EquipmentOf, TowerCraneFrame } from '@lifeline/contracts'
import type { Simulator, SimulatorOptions } from '@lifeline/simulator-physics'
import type { Sector } from './limits.ts'
import type { TowerCraneFault, TowerCraneTruth } from './truth.ts'

export interface TowerCraneOptions extends SimulatorOptions<EquipmentOf<'tower-crane'>['parameters']> {
  /** Where it works: clear of its neighbours and of forbidden zones. Default all round. */
  readonly sector?: Sector
  /** Where in the site's plan a neighbour's mast stands that the jib can reach, m: for collisions. */
  readonly neighbour?: { readonly east: number; readonly north: number }
}

/** A tower crane with its driver. */
export interface TowerCrane extends Simulator<TowerCraneFrame, TowerCraneTruth, TowerCraneFault> {
  /**
   * The next lift is trolleyed out to where its load is `share` of what the chart allows; no limiter acts. Begins at
   * once where the crane has nothing to do, else after the lift it is at, and ends when the load is set down.
   */
  overloadMoment(share: number): void
}
