import type { Kind, RuleName } from '@lifeline/contracts'

/** An incident that was told, by whichever rules. */
export interface ToldIncident {
  readonly deviceId: string
  readonly kind: Kind
  readonly rule: RuleName
  readonly lifeSafety: boolean
  /** ms since the Unix epoch. */
  readonly toldAt: number
}

/** How one rule of a kind did. Plain data: workers send it. */
export interface Score {
  /** Faults of which it had to tell. */
  faults: number
  found: number
  /** Told though nothing of the kind was wrong. */
  falseAlarms: number
  falseLifeSafety: number
  /** Told again of a fault that it had told of. */
  repeats: number
  /** From the fault's first moment to when it was told, s; 0 where a precursor was told before. */
  delays: number[]
  /** The same beyond the setting after which it is an incident, s. */
  beyondSetting: number[]
  /** That again, counted from when the first report that can show the fault came in: the link's share taken out. */
  beyondHearing: number[]
}

export const noScore = (): Score => ({
  faults: 0,
  found: 0,
  falseAlarms: 0,
  falseLifeSafety: 0,
  repeats: 0,
  delays: [],
  beyondSetting: [],
  beyondHearing: [],
})

/** By `kind/rule`. */
export type Scores = Record<string, Score>

export const scoreOf = (scores: Scores, kind: Kind, rule: RuleName): Score => {
  const key = `${kind}/${rule}`
  scores[key] ??= noScore()
  return scores[key]
}

export function addScores(sum: Scores, more: Scores): void {
  for (const [key, score] of Object.entries(more)) {
    const [kind, rule] = key.split('/') as [Kind, RuleName]
    const total = scoreOf(sum, kind, rule)
    total.faults += score.faults
    total.found += score.found
    total.falseAlarms += score.falseAlarms
    total.falseLifeSafety += score.falseLifeSafety
    total.repeats += score.repeats
    total.delays.push(...score.delays)
    total.beyondSetting.push(...score.beyondSetting)
    total.beyondHearing.push(...score.beyondHearing)
  }
}

/** The value that so large a share of the numbers does not exceed; NaN of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
