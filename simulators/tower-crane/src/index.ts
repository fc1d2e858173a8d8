export type { Sector } from './limits.ts'
export { capacityAt } from './load-chart.ts'
export { createTowerCrane, type TowerCrane, type TowerCraneOptions } from './simulator.ts'
export type { TowerCraneFault, TowerCranePhase, TowerCraneTruth } from './truth.ts'
