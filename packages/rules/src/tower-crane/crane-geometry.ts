import type { EquipmentOf } from '@lifeline/contracts'
import type { CranePose } from './crane-pose.ts'
import { segmentDistance, type Vector } from './segment-distance.ts'

type Parameters = EquipmentOf<'tower-crane'>['parameters']
type Segment = readonly [Vector, Vector]

/** A crane's parts as straight lines in the site's space [east, north, height], m. */
export interface CraneParts {
  /** From the end of the counter-jib to the jib's tip; absent where the angle is not known. */
  readonly jib: Segment | undefined
  readonly tower: Segment
  /** From the trolley down to the hook; absent where radius or hook height are not known. */
  readonly hook: Segment | undefined
}

/** The parts of a crane `seconds` after its pose, should it go on as it moves. */
export function craneParts(parameters: Parameters, pose: CranePose, seconds: number): CraneParts {
  const { position, jibHeight, jibLength, counterJibLength } = parameters
  const bearing = ((pose.slewAngle + pose.slewRate * seconds) * Math.PI) / 180
  const [sin, cos] = [Math.sin(bearing), Math.cos(bearing)]
  const onJib = (radius: number, height: number): Vector => [
    position.east + radius * sin,
    position.north + radius * cos,
    height,
  ]
  const { radius, hookHeight } = pose
  return {
    jib: [onJib(-counterJibLength, jibHeight), onJib(jibLength, jibHeight)],
    tower: [
      [position.east, position.north, 0],
      [position.east, position.north, jibHeight],
    ],
    hook:
      radius === null || hookHeight === null
        ? undefined
        : hookLine(onJib, clamp(radius + pose.radiusRate * seconds, jibLength), hookHeight, pose, seconds, jibHeight),
  }
}

/** What of a crane is where it is registered, wherever its jib points. */
export function towerOnly({ position, jibHeight }: Parameters): CraneParts {
  const tower: Segment = [
    [position.east, position.north, 0],
    [position.east, position.north, jibHeight],
  ]
  return { jib: undefined, tower, hook: undefined }
}

function hookLine(
  onJib: (radius: number, height: number) => Vector,
  radius: number,
  hookHeight: number,
  pose: CranePose,
  seconds: number,
  jibHeight: number,
): Segment {
  const height = Math.min(hookHeight + pose.hookRate * seconds, jibHeight)
  return [onJib(radius, jibHeight), onJib(radius, height)]
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most)

export interface Nearness {
  /** m. */
  readonly distance: number
  /** Which parts: the first crane's, then the second's. */
  readonly parts: string
}

/** The least distance between what can touch: jib and jib, jib and tower, hook line and jib or tower. */
export function nearest(a: CraneParts, b: CraneParts): Nearness {
  let found: Nearness = { distance: Number.POSITIVE_INFINITY, parts: '' }
  const look = (first: Segment | undefined, second: Segment | undefined, parts: string): void => {
    if (first === undefined || second === undefined) return
    const distance = segmentDistance(...first, ...second)
    if (distance < found.distance) found = { distance, parts }
  }
  look(a.jib, b.jib, 'jib and jib')
  look(a.jib, b.tower, 'jib and tower')
  look(a.tower, b.jib, 'tower and jib')
  look(a.hook, b.jib, 'hook and jib')
  look(a.jib, b.hook, 'jib and hook')
  look(a.hook, b.tower, 'hook and tower')
  look(a.tower, b.hook, 'tower and hook')
  return found
}
