export type { Hoist } from './hoist.ts'
export { hoistReporting } from './reporting-profile.ts'
export { createHoist } from './simulator.ts'
export { type HoistFault, type HoistPhase, type HoistTruth, hoistFaults } from './truth.ts'
