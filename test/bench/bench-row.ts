import { spawnSync } from 'node:child_process'
import { cpus, loadavg, release } from 'node:os'
import { quantile } from './statistics.ts'

/** A line of the table of `pnpm bench`. */
export interface BenchRow {
  readonly what: string
  readonly lifeline: string
  /** What something else did with the same in the same run. */
  readonly peer?: string
  /** How many times the peer's. */
  readonly ratio?: number
  readonly goal?: string
  /** Whether the goal is. */
  readonly reached?: boolean
}

const columns = ['what', 'Lifeline', 'peer', 'ratio', 'goal'] as const

/** Prints a row, and passes it on where `pnpm bench` has started this process. */
export function tell(row: BenchRow): void {
  console.log(`row        ${cellsOf(row).slice(0, 1)}: ${cellsOf(row).slice(1).filter(Boolean).join(' · ')}`)
  process.send?.(row)
}

/** The rows as a table in Markdown. */
export function tableOf(rows: readonly BenchRow[]): string {
  const cells = [[...columns], ...rows.map(cellsOf)]
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

function cellsOf({ what, lifeline, peer = '', ratio, goal = '', reached }: BenchRow): string[] {
  const verdict = reached === undefined ? goal : `${goal}: ${reached ? 'reached' : '**missed**'}`
  return [what, lifeline, peer, ratio === undefined ? '' : ratio.toFixed(1), verdict]
}

/** A line of what a benchmark tells as it goes. */
export const say = (what: string, text: string): void => console.log(`${what.padEnd(11)}${text}`)

export const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`

/** Of latencies in ms, ascending. */
export function spread(ascending: readonly number[]): string {
  const [p50, p99, p999] = [0.5, 0.99, 0.999].map((q) => quantile(ascending, q).toFixed(1))
  return `p50 ${p50}, p99 ${p99}, p99.9 ${p999} ms of ${ascending.length}`
}

export function machine(): string {
  const nats = spawnSync('nats-server', ['--version'], { encoding: 'utf8' }).stdout?.trim()
  return (
    `${cpus().length} × ${cpus()[0]?.model}, Linux ${release()}, node ${process.version}, ${nats}, ` +
    `load ${loadavg()[0]?.toFixed(1)}`
  )
}
