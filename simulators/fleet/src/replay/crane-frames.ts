import type { EquipmentOf, TowerCraneFrame } from '@lifeline/contracts'
import { round } from '@lifeline/simulator-physics'
import type { Sector } from '@lifeline/simulator-tower-crane'
import type { CraneReading } from './recording.ts'

/** Where a recorded crane is put: a registered one, and the directions in which that may work. */
export interface CranePlace {
  readonly device: EquipmentOf<'tower-crane'>
  readonly sector: Sector | undefined
}

/** A hook stays so far under the jib, m. */
const underJib = 3

/**
 * Frames of a recorded crane. The recording's datum and north are its own: on a registered crane the hook's heights are
 * lowered to stay under that jib, and the angles turned into the middle of its sector. The recorder knew no driver, so
 * the crane's first registered card is put in.
 * @param startTime time of the first frame, ms since the Unix epoch
 */
export function craneFrames(
  readings: readonly CraneReading[],
  startTime: number,
  place?: CranePlace,
): TowerCraneFrame[] {
  const lower =
    place === undefined ? 0 : Math.max(0, highest(readings) - (place.device.parameters.jibHeight - underJib))
  const turn = place?.sector === undefined ? 0 : turned(readings, place.sector)
  const [operator] = place?.device.operators ?? []
  return readings.map(({ atMs, seq, hookLoad, radius, hookHeight, slewAngle, falls, windSpeed }, i) => ({
    time: startTime + atMs,
    seq: seq ?? i,
    hookLoad: round(hookLoad, 0),
    radius: round(radius, 2),
    hookHeight: round(hookHeight - lower, 2),
    ...(slewAngle === undefined ? {} : { slewAngle: round((((slewAngle + turn) % 360) + 360) % 360, 2) }),
    falls,
    windSpeed: round(windSpeed, 2),
    state: 'working',
    ...(operator === undefined ? {} : { operator }),
    faults: [],
  }))
}

function highest(readings: readonly CraneReading[]): number {
  return readings.reduce((most, { hookHeight }) => Math.max(most, hookHeight), Number.NEGATIVE_INFINITY)
}

/** Degrees from the middle of the recorded angles to the middle of the sector. */
function turned(readings: readonly CraneReading[], sector: Sector): number {
  const angles = readings.flatMap(({ slewAngle }) => slewAngle ?? [])
  const least = angles.reduce((least, angle) => Math.min(least, angle), 360)
  const most = angles.reduce((most, angle) => Math.max(most, angle), 0)
  return (sector.from + sector.to) / 2 - (least + most) / 2
}
