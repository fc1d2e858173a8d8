export { createHoist, type Hoist } from './simulator.ts'
export type { HoistFault, HoistPhase, HoistTruth } from './truth.ts'
