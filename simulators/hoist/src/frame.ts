import type { HoistFrame } from '@lifeline/contracts'
import { round } from '@lifeline/simulator-physics'
import type { HoistTruth } from './truth.ts'

/** What the truth does not hold. */
export interface RecorderState {
  readonly seq: number
  readonly floor: number
  readonly operator?: string
}

/** A hoist's frame as its recorder gives it: whole kg, cm, mm/s. */
export function hoistFrame(truth: HoistTruth, recorder: RecorderState): HoistFrame {
  const { time, position, speed, moving, door, people, load, windSpeed, lean } = truth
  return {
    time,
    ...recorder,
    windSpeed: round(windSpeed, 2),
    // The mast stands almost plumb and gives a little in the wind: well below 2/1000, which is 0.115°.
    tiltX: round(0.02 + 0.002 * windSpeed + lean, 3),
    tiltY: round(-0.015 + 0.001 * windSpeed, 3),
    power: truth.power,
    load: round(load, 0),
    people,
    speed: round(speed, 3),
    height: round(position, 2),
    cageDoor: door,
    landingGate: door,
    topLimit: truth.topLimit,
    bottomLimit: truth.bottomLimit,
    safetyDevice: truth.safetyDevice,
    driveState: moving ? 'running' : 'stopped',
    faults: [],
  }
}
