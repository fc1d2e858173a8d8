import type { NightAudit } from './audit-night.ts'
import type { NightRecord } from './night.ts'

/** What a night came to, in a few lines. */
export function nightReport(
  { cases, kills, rescue, standstill }: NightRecord,
  { clocks }: NightAudit,
): readonly string[] {
  const rescues = [...cases.values()].map(({ cases: [one] }) => one).filter((one) => one?.outcome?.kind === 'rescued')
  const share = (level: number): string => {
    const count = rescues.filter((one) => one?.level === level).length
    return `${count} (${((100 * count) / rescues.length).toFixed(1)} %)`
  }
  const freed = rescues.reduce((sum, one) => sum + (one?.outcome?.freed ?? 0), 0)
  const entries = [...cases.values()].reduce((sum, { exported }) => sum + exported.timeline.length, 0)
  const notices = [...cases.values()].flatMap(({ exported }) => exported.notices)
  const attempts = [...cases.values()].flatMap(({ deliveries }) => deliveries)
  const results = Map.groupBy(attempts, ({ result }) => result)
  const late = clocks.map(({ lateMs }) => lateMs).toSorted((a, b) => a - b)
  const seen = clocks.map(({ seenLateMs }) => seenLateMs).toSorted((a, b) => a - b)
  const at = (sorted: readonly number[], q: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN).toFixed(0)
  const kinds = Map.groupBy(clocks, ({ clock }) => clock)
  return [
    `${cases.size} cases, ${rescues.length} rescues with ${freed} people freed; level 1: ${share(1)}, 2: ${share(2)}, 3: ${share(3)}; ${kills} SIGKILLs`,
    `${entries} timeline entries; ${notices.length} notices, ${notices.filter(({ notSent }) => notSent !== undefined).length} of them not sent`,
    `${attempts.length} attempts: ${[...results].map(([result, all]) => `${all.length} ${result}`).join(', ')}; ${rescue.fire.requests.all.length} requests at the fire desk`,
    `${clocks.length} clocks due (${[...kinds].map(([kind, all]) => `${all.length} ${kind}`).join(', ')})`,
    `acted on p50 ${at(late, 0.5)} ms, p99 ${at(late, 0.99)} ms, at most ${at(late, 1)} ms after; seen on a stream p50 ${at(seen, 0.5)} ms, p99 ${at(seen, 0.99)} ms, at most ${at(seen, 1)} ms after`,
    `the machine stood still for ${(standstill.total / 1_000).toFixed(1)} s, which does not count`,
  ]
}
