import type { EquipmentOf } from '@lifeline/contracts'
import { effectiveSettings } from '@lifeline/rules'
import {
  type CollisionSettings,
  judgeCollision,
  type PosedCrane,
} from '../../../packages/rules/src/tower-crane/collision.ts'
import type { CranePose } from '../../../packages/rules/src/tower-crane/crane-pose.ts'
import type { BenchDevice } from './bench-device.ts'

/** The poses of a crane in the last seconds as they truly were, the newest last. */
export type TruePoses = readonly CranePose[]

/** As long as the rule measures rates, and a second for the way to it, ms. */
const lately = 4_000

/**
 * Whether two cranes truly were on a collision course lately: from where they really stood and as fast as they really
 * went they would have met within the rule's horizon. That they then stop in time makes the warning no false one.
 * @param now ms since the Unix epoch
 */
export function onCourse(one: BenchDevice, two: BenchDevice, now: number): boolean {
  const [first, second] = [one.equipment, two.equipment]
  if (first.kind !== 'tower-crane' || second.kind !== 'tower-crane') return false
  return one.truePoses.some((pose) => {
    const other = two.truePoses.findLast(({ at }) => at <= pose.at)
    if (other === undefined || now - pose.at > lately) return false
    return judgeCollision(posed(first, pose), posed(second, other), false, pose.at) !== false
  })
}

/** Rates are measured with some error: what is so near the horizon is no clear case. */
const horizonMargin = 1.2

const posed = (equipment: EquipmentOf<'tower-crane'>, pose: CranePose): PosedCrane => ({
  equipment,
  pose,
  settings: wider(effectiveSettings(equipment).collision as CollisionSettings),
})

const wider = (settings: CollisionSettings): CollisionSettings => ({
  ...settings,
  warningSeconds: horizonMargin * settings.warningSeconds,
})
