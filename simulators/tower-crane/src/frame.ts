import type { TowerCraneFrame } from '@lifeline/contracts'
import { round } from '@lifeline/simulator-physics'
import type { TowerCraneTruth } from './truth.ts'

/** What the truth does not hold. */
export interface RecorderState {
  readonly seq: number
  readonly falls: 2 | 4
  readonly operator?: string
}

/** A crane's frame as its black box gives it: whole kg, cm, hundredths of a degree. */
export function towerCraneFrame(truth: TowerCraneTruth, recorder: RecorderState): TowerCraneFrame {
  const { time, phase, slew, trolley, hook, hookLoad, windSpeed, momentShare, lean: extraLean } = truth
  const angle = ((slew.position % 360) + 360) % 360
  // The mast leans towards the load, and a little before the wind: well below 2/1000, which is 0.115°.
  const lean = 0.02 + 0.05 * momentShare + 0.001 * windSpeed
  const east = Math.sin((angle * Math.PI) / 180)
  const north = Math.cos((angle * Math.PI) / 180)
  return {
    time,
    ...recorder,
    hookLoad: round(hookLoad, 0),
    radius: round(trolley.position, 2),
    hookHeight: round(hook.position, 2),
    travel: 0,
    slewAngle: round(angle, 2),
    windSpeed: round(windSpeed, 2),
    tiltX: round(lean * east + extraLean, 3),
    tiltY: round(lean * north, 3),
    state: phase === 'parked' ? 'out_of_service' : phase === 'waiting' ? 'idle' : 'working',
    faults: [],
  }
}
