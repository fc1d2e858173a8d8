import type { ElevatorFrame } from '@lifeline/contracts'
import type { Circumstances } from '../rule.ts'

/** The mode of the lift: as the frame says, else as the controller's last mode event says (codes 40 to 47). */
export function modeOf(frame: ElevatorFrame, { active }: Pick<Circumstances, 'active'>): ElevatorFrame['mode'] {
  if (frame.mode !== undefined && frame.mode !== 'unknown') return frame.mode
  if (active.mode_inspection !== undefined) return 'inspection'
  if (active.mode_firefighter !== undefined) return 'firefighter'
  if (active.mode_fire_recall !== undefined) return 'fire_recall'
  if (active.mode_out_of_service !== undefined) return 'out_of_service'
  if (active.mode_emergency_power !== undefined) return 'emergency_power'
  if (active.mode_seismic !== undefined) return 'seismic'
  return frame.mode
}

/** Whether mechanics or firefighters drive it: what is automatic otherwise is theirs then (domain practice §1.5). */
export function handDriven(frame: ElevatorFrame, circumstances: Pick<Circumstances, 'active'>): boolean {
  const mode = modeOf(frame, circumstances)
  return mode === 'inspection' || mode === 'firefighter'
}
