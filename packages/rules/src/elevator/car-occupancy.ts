import type { ElevatorFrame } from '@lifeline/contracts'

/**
 * Whether a person is in the car: true, false, or undefined where the frame does not tell. Without a detector's word the
 * count and the load speak, and either of them is enough.
 * @param personLoad kg from which a load counts as a person
 */
export function carOccupied(frame: ElevatorFrame, personLoad: number): boolean | undefined {
  const { occupied, people, load } = frame
  if (occupied === true || (people !== undefined && people > 0)) return true
  if (occupied === false) return false
  if (load !== undefined && load >= personLoad) return true
  return people === undefined && load === undefined ? undefined : false
}
