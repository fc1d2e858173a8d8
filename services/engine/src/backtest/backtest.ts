import type { IncidentEvent } from '@lifeline/contracts'
import {
  type CandidateSettings,
  compareIncidents,
  type IncidentSpan,
  incidentSpans,
  PartitionFold,
  type RuleComparison,
  withCandidate,
} from '@lifeline/rules'
import type { PartitionLog } from './stored-log.ts'

export interface Backtest {
  readonly comparisons: readonly RuleComparison[]
  readonly records: number
}

/**
 * Folds a log as it is and as it would read with a candidate's settings, side by side. What it gives depends on the
 * log and the settings alone.
 * @param from incidents that opened before it are not counted, ms
 */
export async function backtest(
  partitions: readonly PartitionLog[],
  candidate: CandidateSettings,
  from: number,
): Promise<Backtest> {
  const before: IncidentEvent[] = []
  const after: IncidentEvent[] = []
  let records = 0
  for (const partition of partitions) {
    const [asItIs, asItWouldBe] = [new PartitionFold(), new PartitionFold()]
    for await (const batch of partition) {
      records += batch.length
      before.push(...asItIs.apply(batch))
      after.push(...asItWouldBe.apply(batch.map((record) => withCandidate(record, candidate))))
    }
  }
  const counted = (events: readonly IncidentEvent[]): IncidentSpan[] =>
    incidentSpans(events).filter(({ openedAt }) => openedAt >= from)
  return { comparisons: compareIncidents(counted(before), counted(after)), records }
}

/** A table of the comparisons for a terminal; the last columns only where there is a candidate. */
export function report({ comparisons, records }: Backtest, changes: boolean): string {
  const head = [
    'kind',
    'rule',
    'incidents',
    'median s',
    'longest s',
    'open',
    ...(changes ? ['then', 'gone', 'new'] : []),
  ]
  const rows = comparisons.map(({ kind, rule, before, after, vanished, appeared }) => {
    const lasted = before.flatMap(({ openedAt, clearedAt }) => (clearedAt === undefined ? [] : [clearedAt - openedAt]))
    const seconds = lasted.sort((a, b) => a - b).map((ms) => (ms / 1000).toFixed(1))
    return [
      kind,
      rule,
      before.length,
      seconds[seconds.length >> 1] ?? '-',
      seconds.at(-1) ?? '-',
      before.length - lasted.length,
      ...(changes ? [after.length, vanished.length, appeared.length] : []),
    ].map(String)
  })
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const differences = changes ? comparisons.flatMap(differencesOf) : []
  return [`${records} records of the log`, '', ...lines, ...(differences.length > 0 ? ['', ...differences] : [])].join(
    '\n',
  )
}

const differencesOf = ({ vanished, appeared }: RuleComparison): string[] => [
  ...vanished.map((span) => `gone  ${inWords(span)}`),
  ...appeared.map((span) => `new   ${inWords(span)}`),
]

const inWords = ({ deviceId, rule, severity, openedAt }: IncidentSpan): string =>
  `${new Date(openedAt).toISOString()}  ${deviceId}  ${rule} (${severity})`
