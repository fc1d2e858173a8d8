export { createElevator, type Elevator, type Entrapment } from './simulator.ts'
export type { ElevatorFault, ElevatorPhase, ElevatorTruth } from './truth.ts'
