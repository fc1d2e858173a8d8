import type { ElevatorFrame, TowerCraneFrame } from '@lifeline/contracts'
import { type CranePlace, craneFrames } from './crane-frames.ts'
import { liftFrames } from './lift-frames.ts'
import { readRecording } from './read-recording.ts'
import { type Recording, RecordingError } from './recording.ts'

/** A frame of a replay with its kind. */
export type ReplayFrame =
  | { readonly kind: 'elevator'; readonly frame: ElevatorFrame }
  | { readonly kind: 'tower-crane'; readonly frame: TowerCraneFrame }

export interface ReplayOptions {
  /** Time of the first frame, ms since the Unix epoch. */
  readonly startTime: number
  /** Splices an entrapment of 60 s into a recorded ride. */
  readonly entrap?: boolean
  /** The registered crane whose site a crane's recording is fitted into. */
  readonly crane?: CranePlace
}

/**
 * The frames that a recording becomes, in time order.
 * @param file path of one of the recordings: a lift's air pressure or acceleration, a crane's black box or work cycles
 * @throws RecordingError where it cannot be read, or has no ride to be trapped on
 */
export function replayFrames(file: string, options: ReplayOptions): ReplayFrame[] {
  return framesOf(readRecording(file), options)
}

/** The same of a recording that has been read. @throws RecordingError */
export function framesOf(recording: Recording, { startTime, entrap = false, crane }: ReplayOptions): ReplayFrame[] {
  if (recording.kind === 'elevator') {
    return liftFrames(recording.track, startTime, entrap).map((frame) => ({ kind: 'elevator', frame }))
  }
  if (entrap) throw new RecordingError('nobody can be trapped on a crane: --entrap is for recordings of lifts')
  return craneFrames(recording.readings, startTime, crane).map((frame) => ({ kind: 'tower-crane', frame }))
}
