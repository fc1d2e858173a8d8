import { noScore, quantile, type Score, type Scores } from './scores.ts'

const columns = [28, 7, 8, 9, 9, 9, 9, 8, 11, 10] as const
const line = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(columns[0]) : cell.padStart(columns[i] ?? 9))).join(' ')

const header = [
  'kind/rule',
  'faults',
  'recall',
  'false/1k',
  'p50 s',
  'p95 s',
  'repeats',
  '| plain',
  'false/1k',
  'p95 s',
]

const percent = ({ faults, found }: Score): string =>
  faults === 0 ? '-' : found === faults ? '100 %' : `${((100 * found) / faults).toFixed(1)} %`
const seconds = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(1))
const nothing = noScore()

/** A table per kind and rule, and a last line with what the issue asks. */
export function report(engine: Scores, plain: Scores, deviceDays: number): string {
  const perThousand = (alarms: number): string => ((1000 * alarms) / deviceDays).toFixed(2)
  const keys = [...new Set([...Object.keys(engine), ...Object.keys(plain)])].sort()
  const rows = keys.map((key) => {
    const [ours, theirs] = [engine[key] ?? nothing, plain[key] ?? nothing]
    return line([
      key,
      String(ours.faults),
      percent(ours),
      perThousand(ours.falseAlarms),
      seconds(quantile(ours.delays, 0.5)),
      seconds(quantile(ours.delays, 0.95)),
      String(ours.repeats),
      `| ${percent(theirs)}`,
      perThousand(theirs.falseAlarms),
      seconds(quantile(theirs.delays, 0.95)),
    ])
  })
  const [ours, theirs] = [total(engine), total(plain)]
  const fewer = ours.falseAlarms === 0 ? '-' : (theirs.falseAlarms / ours.falseAlarms).toFixed(1)
  const entrapments = ['elevator', 'hoist'].flatMap((kind) => engine[`${kind}/entrapment`] ?? [])
  const spread = (delays: readonly number[]): string =>
    `p50 ${seconds(quantile(delays, 0.5))} s, p95 ${seconds(quantile(delays, 0.95))} s, at most ${seconds(quantile(delays, 1))} s`
  const summary = [
    `recall ${percent(ours)} of ${ours.faults} (plain ${percent(theirs)})`,
    `false life-safety incidents ${ours.falseLifeSafety} (${((10_000 * ours.falseLifeSafety) / deviceDays).toFixed(2)} per 10,000 device-days; plain ${theirs.falseLifeSafety})`,
    `false alarms ${ours.falseAlarms}, plain ${theirs.falseAlarms}: ${fewer} times fewer`,
    `entrapment told beyond its setting: ${spread(entrapments.flatMap(({ beyondSetting }) => beyondSetting))}; ` +
      `counted from the first report of it that came in: ${spread(entrapments.flatMap(({ beyondHearing }) => beyondHearing))}`,
  ]
  return `${[line(header), ...rows].join('\n')}\n${summary.join(' · ')}\n`
}

function total(scores: Scores): Score {
  const sum = { ...nothing }
  for (const score of Object.values(scores)) {
    sum.faults += score.faults
    sum.found += score.found
    sum.falseAlarms += score.falseAlarms
    sum.falseLifeSafety += score.falseLifeSafety
    sum.repeats += score.repeats
  }
  return sum
}
