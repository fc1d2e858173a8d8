import type { RescuerBody } from '@lifeline/contracts'
import { seededRandom } from './seeded-random.ts'

type Cause = RescuerBody<'cause'>['cause']

/** What a crew will do with one case, all drawn from the seed. Times in s of the night, not of the clock. */
export interface RescuePlan {
  /** It sees the message and does nothing. */
  readonly answers: boolean
  readonly acceptAfter: number
  readonly travel: number
  readonly onSite: number
  readonly freed: number
  readonly cause: Cause
}

/**
 * Shares and times as cities publish them (domain.md §5.3): level 1 copes with 98.8 to 99 %, arrival 10 to 15 min, on
 * the scene 3 to 8 min, 1.25 to 2.45 freed in each rescue; accepted within the 3 minutes that are counted.
 */
const shareThatAnswers = 0.988
const causes: readonly (readonly [Cause, share: number])[] = [
  ['power', 0.2],
  ['external', 0.2],
  ['human', 0.28],
  ['door', 0.14],
  ['electromechanical', 0.13],
  ['other', 0.05],
]

/** The plan of a unit for a case on a device: the same for the same seed, in whatever order cases come. */
export function rescuePlan(seed: number, deviceId: string, unitId: string): RescuePlan {
  const random = seededRandom(hashOf(`${seed}/${deviceId}/${unitId}`))
  const between = (low: number, high: number): number => low + (high - low) * random()
  return {
    answers: random() < shareThatAnswers,
    acceptAfter: between(15, 120),
    // The sum of two draws: most near 12 min, few near the ends.
    travel: between(120, 700) + between(120, 560),
    onSite: between(180, 480),
    freed: 1 + Math.floor(random() * 3),
    cause: causeAt(random()),
  }
}

function causeAt(draw: number): Cause {
  let sum = 0
  for (const [cause, share] of causes) {
    sum += share
    if (draw < sum) return cause
  }
  return 'other'
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
