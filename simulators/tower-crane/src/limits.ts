import type { EquipmentOf } from '@lifeline/contracts'
import type { MotionLimits } from '@lifeline/simulator-physics'

/** Directions a crane works in, degrees clockwise from north: from `from` on to `to`, which is the greater number. */
export interface Sector {
  readonly from: number
  readonly to: number
}

export interface TowerCraneLimits {
  readonly slew: MotionLimits
  readonly trolley: MotionLimits
  readonly hoist: MotionLimits
  /** m, nearest and farthest of the trolley. */
  readonly radius: readonly [min: number, max: number]
  /** m above the site datum, lowest and highest of the hook. */
  readonly hookHeight: readonly [min: number, max: number]
}

/** What a crane of these parameters can do: speeds of flat-top cranes of its size, clear of its end switches. */
export function towerCraneLimits(
  { jibLength, jibHeight, loadChart }: EquipmentOf<'tower-crane'>['parameters'],
  falls: 2 | 4,
): TowerCraneLimits {
  const charted = loadChart[`${falls}`]?.at(-1)?.[0] ?? jibLength
  const farthest = Math.min(jibLength - 1, charted)
  const highest = Math.max(4, jibHeight - 3)
  return {
    slew: { speed: 2.4, acceleration: 0.2, jerk: 0.2 },
    trolley: { speed: 0.6, acceleration: 0.2, jerk: 0.3 },
    hoist: { speed: 0.8, acceleration: 0.2, jerk: 0.4 },
    radius: [Math.min(5, farthest / 2), farthest],
    hookHeight: [Math.min(2, highest / 2), highest],
  }
}
