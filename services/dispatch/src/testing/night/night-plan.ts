import type { Condition } from '@lifeline/contracts'
import { seededRandom } from '../rescue-world/seeded-random.ts'

/**
 * How a case is to go. `rescue`: as crews do by their own plans. `level_2`: the contract unit does nothing; `level_3`:
 * nor does the station; `overdue`: the contract unit accepts and does not arrive; `off_duty`: its shifts leave a gap.
 * `fault` and `late` are the engine's alone: no life at stake, and over before it was heard.
 */
export type Fate = 'rescue' | 'level_2' | 'level_3' | 'overdue' | 'off_duty' | 'false_alarm' | 'fault' | 'late'

/** One incident of the night. Times are s of the night. */
export interface NightCase {
  readonly deviceId: string
  readonly fate: Fate
  /** When the engine or the first caller tells of it. */
  readonly at: number
  /** Whether the engine tells of it. */
  readonly telemetry: boolean
  /** When people call, from `at`. */
  readonly calls: readonly number[]
  /** The engine also tells of the alarm button. */
  readonly alarmButton: boolean
  /** Each word of the engine comes twice, under another message id. */
  readonly doubled: boolean
  /** When telemetry sees the end, from `at`: often before anybody is there. */
  readonly clearsAfter: number
  readonly maintenanceUnit: string
  readonly rural: boolean
  readonly trapped: number
  readonly condition?: Partial<Condition>
  readonly drill: boolean
  /** The desk looks at it late: the supervisor is to hear of it. */
  readonly overlooked: boolean
  /** The lift whose power cut it belongs to. */
  readonly parent?: string
}

/** A unit whose shifts leave a gap all night. */
export const unitOffDuty = 'unit-off'
export const maintenanceUnits = ['unit-lift', 'unit-2', 'unit-3', 'unit-4', 'unit-5', unitOffDuty] as const

/**
 * Shares of all incidents. domain.md §5.3: level 3 in 0.01 to 0.2 %, 99.79 % arrive within 30 min, 8 false alarms in
 * 208 (Hohhot), 306 calls for 208 entrapments; who does not answer (1.2 %) is in the crews' plans. What the desk must
 * leave alone, drills and units off duty have no published share: a few of each.
 */
const shares: readonly (readonly [Fate, number])[] = [
  ['level_3', 0.002],
  ['overdue', 0.0021],
  ['level_2', 0.002],
  ['off_duty', 0.01],
  ['false_alarm', 8 / 208],
  ['fault', 0.05],
  ['late', 0.01],
]
const powerCutShare = 0.05

/** The incidents of a night that lasts `seconds`, from 18 h on: the first two fifths, till 20 h, see twice as many. */
export function nightPlan(seed: number, incidents: number, seconds: number): readonly NightCase[] {
  const random = seededRandom(seed)
  const between = (low: number, high: number): number => low + (high - low) * random()
  const chance = (share: number): boolean => random() < share
  const forced = shares.flatMap(([fate, share]) =>
    Array.from({ length: Math.max(1, Math.round(share * incidents)) }, () => fate),
  )
  const cutAt = between(0.2, 0.5) * seconds
  const cut = Math.max(2, Math.round(powerCutShare * incidents))

  return Array.from({ length: incidents }, (_, n): NightCase => {
    const fate = forced[n] ?? 'rescue'
    const inCut = fate === 'rescue' && n < forced.length + cut
    const isParent = inCut && n === forced.length
    const telemetry = inCut || fate === 'fault' || fate === 'late' || chance(0.6)
    // The first of a power cut is the cut itself, which is no rescue.
    return {
      deviceId: `lift-${n}`,
      fate: isParent ? 'fault' : fate,
      at: inCut ? cutAt + (isParent ? 0 : between(5, 30)) : momentOf(fate, seconds, random),
      telemetry,
      calls: isParent ? [] : callsOf(fate, telemetry, between, chance),
      alarmButton: telemetry && fate === 'rescue' && !isParent && chance(0.2),
      doubled: chance(0.1),
      clearsAfter: between(60, 1_500),
      maintenanceUnit: fate === 'off_duty' ? unitOffDuty : (maintenanceUnits[Math.floor(random() * 5)] ?? 'unit-lift'),
      rural: fate !== 'overdue' && chance(0.1),
      trapped: 1 + Math.floor(random() * 3),
      ...(chance(0.03) ? { condition: chance(0.5) ? { injured: true } : { heat: true } } : {}),
      drill: !telemetry && fate === 'rescue' && chance(0.03),
      overlooked: chance(0.05),
      ...(inCut && !isParent ? { parent: `lift-${forced.length}` } : {}),
    }
  })
}

/** What takes longest comes early, so that the night need not wait for it. */
function momentOf(fate: Fate, seconds: number, random: () => number): number {
  if (fate === 'level_3' || fate === 'overdue') return 0.1 * seconds * random()
  const busy = 2 / 5
  const inBusy = random() < (2 * busy) / (1 + busy)
  return seconds * (inBusy ? busy * random() : busy + (1 - busy) * random())
}

/** Nobody calls once the people are out: no rescue takes less than the last of these. */
function callsOf(
  fate: Fate,
  telemetry: boolean,
  between: (low: number, high: number) => number,
  chance: (share: number) => boolean,
): readonly number[] {
  if (fate === 'fault' || fate === 'late') return []
  if (fate === 'false_alarm') return telemetry ? [] : [0]
  if (telemetry && chance(1 / 3)) return []
  const first = telemetry ? between(5, 90) : 0
  return chance(0.75) ? [first, between(100, 220)] : [first]
}
