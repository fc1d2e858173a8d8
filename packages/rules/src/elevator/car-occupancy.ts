import type { ElevatorFrame } from '@lifeline/contracts'

/**
 * Whether a person is in the car: true, false, or undefined where the frame does not tell. The load speaks only where
 * neither the detector nor the count does.
 * @param personLoad kg from which a load counts as a person
 */
export function carOccupied(frame: ElevatorFrame, personLoad: number): boolean | undefined {
  const { occupied, people, load } = frame
  if (occupied === true || (people !== undefined && people > 0)) return true
  if (occupied === false || people !== undefined) return false
  return load === undefined ? undefined : load >= personLoad
}
