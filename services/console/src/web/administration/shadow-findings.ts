/** How many incidents of a rule were seen with the settings in force, with those tried, or with both. */
export interface ShadowFinding {
  readonly rule: string
  readonly live: number
  readonly candidate: number
  readonly both: number
}

const sample = /^lifeline_shadow_incidents_total\{([^}]*)\} (\S+)/gm
const label = /(\w+)="([^"]*)"/g

/**
 * What the engines found of a trial, of one kind of machine, all engines together.
 * @param metrics the product's metrics, Prometheus text
 */
export function shadowFindings(metrics: string, kind: string): readonly ShadowFinding[] {
  const found = [...metrics.matchAll(sample)]
    .map(([, labels = '', value]) => ({
      count: Number(value),
      of: Object.fromEntries([...labels.matchAll(label)].map(([, name = '', text = '']) => [name, text])),
    }))
    .filter(({ of }) => of.kind === kind)
  return [...Map.groupBy(found, ({ of }) => of.rule ?? '')].map(([rule, mine]) => {
    const sum = (seenBy: string): number =>
      mine.reduce((total, { of, count }) => total + (of.seen_by === seenBy ? count : 0), 0)
    return { rule, live: sum('live'), candidate: sum('candidate'), both: sum('both') }
  })
}
