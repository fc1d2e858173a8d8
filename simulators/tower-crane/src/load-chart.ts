import type { EquipmentOf } from '@lifeline/contracts'

type Parameters = EquipmentOf<'tower-crane'>['parameters']

export const gravity = 9.80665

/**
 * What the crane may lift at a radius, kg: linear between the chart's points, its first capacity inside them, 0 beyond,
 * and no more than the rated moment allows.
 */
export function capacityAt({ loadChart, ratedMoment }: Parameters, falls: 2 | 4, radius: number): number {
  const chart = loadChart[`${falls}`] ?? []
  const outer = chart.findIndex(([at]) => at >= radius)
  const [outerRadius, outerCapacity] = chart[outer] ?? [radius, 0]
  const [innerRadius, innerCapacity] = chart[outer - 1] ?? [radius, outerCapacity]
  const share = outerRadius > innerRadius ? (radius - innerRadius) / (outerRadius - innerRadius) : 1
  const charted = innerCapacity + share * (outerCapacity - innerCapacity)
  return Math.min(charted, (ratedMoment * 1_000) / (gravity * radius))
}

/** The least capacity on the way between two radii, kg. */
export function leastCapacity(parameters: Parameters, falls: 2 | 4, from: number, to: number): number {
  const [near, far] = [Math.min(from, to), Math.max(from, to)]
  const onTheWay = (parameters.loadChart[`${falls}`] ?? []).map(([radius]) => radius)
  const radii = [near, ...onTheWay.filter((radius) => radius > near && radius < far), far]
  return Math.min(...radii.map((radius) => capacityAt(parameters, falls, radius)))
}
