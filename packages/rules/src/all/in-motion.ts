import type { ElevatorFrame, Frame, HoistFrame, Kind, TowerCraneFrame } from '@lifeline/contracts'
import { carSpeed } from '../car-speed.ts'
import { craneMoves } from '../tower-crane/crane-motion.ts'

/** m/s; slower a car stands (speed deadband of deployed edge software). */
const stoppedSpeed = 0.1

/**
 * Whether a machine of the kind moves; undefined where its frames do not tell.
 * @param base a frame at least a second older
 */
export function inMotion(kind: Kind, frame: Frame, base: Frame | null): boolean | undefined {
  if (kind === 'tower-crane') return craneMoves(frame as TowerCraneFrame, base)
  const speed = carSpeed(frame as ElevatorFrame | HoistFrame, base)
  if (speed !== undefined) return Math.abs(speed) > stoppedSpeed
  const drive = 'driveState' in frame ? frame.driveState : undefined
  return drive === undefined ? undefined : drive === 'running'
}
