import type { EquipmentOf } from '@lifeline/contracts'

type Parameters = EquipmentOf<'tower-crane'>['parameters']
const gravity = 9.80665

/**
 * Capacity at a radius, kg: linear between the chart's points for those falls, the first point's capacity inside it,
 * 0 beyond the last point, and never above the constant-moment curve ratedMoment / (g · radius).
 * @param radius m
 * @param falls where they are unknown, the most that any chart allows: what is beyond that is too much for certain
 * @returns undefined where there is no chart for those falls
 */
export function capacityAt(parameters: Parameters, radius: number, falls: 2 | 4 | undefined): number | undefined {
  const { loadChart, ratedMoment } = parameters
  const chart = falls === undefined ? undefined : loadChart[`${falls}`]
  if (falls !== undefined && chart === undefined) return undefined
  const constantMoment = radius > 0 ? (ratedMoment * 1000) / (gravity * radius) : Number.POSITIVE_INFINITY
  const charted = (chart === undefined ? Object.values(loadChart) : [chart]).map((one) => interpolate(one, radius))
  return Math.min(Math.max(...charted), constantMoment)
}

function interpolate(chart: readonly (readonly [number, number])[], radius: number): number {
  let before = chart[0] as readonly [number, number]
  if (radius <= before[0]) return before[1]
  for (const point of chart) {
    if (radius <= point[0]) {
      const share = (radius - before[0]) / (point[0] - before[0])
      return before[1] + share * (point[1] - before[1])
    }
    before = point
  }
  return 0
}
