export type { Elevator, Entrapment } from './elevator.ts'
export { elevatorReporting } from './reporting-profile.ts'
export { createElevator } from './simulator.ts'
export { type ElevatorFault, type ElevatorPhase, type ElevatorTruth, elevatorFaults } from './truth.ts'
