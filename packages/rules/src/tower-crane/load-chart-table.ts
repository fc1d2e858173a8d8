import type { EquipmentOf } from '@lifeline/contracts'

type Parameters = EquipmentOf<'tower-crane'>['parameters']
type Falls = keyof Parameters['loadChart']

/** One printed line of a maker's table. */
export interface PrintedCapacity {
  /** What the table belongs to: model, condition, jib length. */
  readonly crane: string
  /** As the table says; two lines of different maximum loads cannot both be right. */
  readonly falls: Falls
  /** kg. */
  readonly maxLoad: number
  /** m up to which the maximum load may be lifted. */
  readonly maxLoadRadius: number
  /** m and kg. */
  readonly radius: number
  readonly capacity: number
}

export type ChartedCrane = Pick<Parameters, 'loadChart' | 'maxLoad' | 'ratedMoment'>

const gravity = 9.80665

/**
 * Load charts from a maker's printed tables, by crane. Where a table calls lines of two maximum loads by the same
 * falls, the greater is the 4-fall one: falls double what a crane can lift, and nothing else does. The rated moment is
 * the greatest that the tables need, kN·m.
 */
export function chartsFromTable(lines: readonly PrintedCapacity[]): ReadonlyMap<string, ChartedCrane> {
  return new Map(
    Map.groupBy(lines, ({ crane }) => crane)
      .entries()
      .map(([crane, printed]) => [crane, chartOf(printed)] as const),
  )
}

function chartOf(printed: readonly PrintedCapacity[]): ChartedCrane {
  const byMaxLoad = [...Map.groupBy(printed, ({ maxLoad }) => maxLoad)].sort(([a], [b]) => a - b)
  const mislabelled = new Set(byMaxLoad.map(([, lines]) => lines[0]?.falls)).size < byMaxLoad.length
  const loadChart: Parameters['loadChart'] = {}
  for (const [i, [maxLoad, lines]] of byMaxLoad.entries()) {
    const falls = mislabelled ? ((i === 0 ? '2' : '4') as Falls) : (lines[0]?.falls as Falls)
    const points = lines.map(({ radius, capacity }): [number, number] => [radius, capacity])
    const maxLoadRadius = lines[0]?.maxLoadRadius ?? 0
    // The radius of the maximum load is rounded: a printed point that says less counts more.
    const agrees = points.every(([radius, capacity]) => radius > maxLoadRadius || capacity === maxLoad)
    if (agrees && !points.some(([radius]) => radius === maxLoadRadius)) points.push([maxLoadRadius, maxLoad])
    loadChart[falls] = points.sort(([a], [b]) => a - b)
  }
  const moments = Object.values(loadChart).flatMap((chart) => chart.map(([radius, capacity]) => radius * capacity))
  return { loadChart, maxLoad: byMaxLoad.at(-1)?.[0] ?? 0, ratedMoment: (Math.max(...moments) * gravity) / 1000 }
}
