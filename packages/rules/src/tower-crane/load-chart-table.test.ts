import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { towerCraneParametersSchema } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { crane } from '../testing/equipment.ts'
import { capacityAt } from './load-chart.ts'
import { chartsFromTable, type PrintedCapacity } from './load-chart-table.ts'

/** Reference data beside the project; the test is skipped where it is not there. */
const file = fileURLToPath(new URL('../../../../../shared/data/cranes/zoomlion-load-charts.csv', import.meta.url))

function printed(): PrintedCapacity[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').replace('\uFEFF', '').trim().split('\n')
  const names = header.trim().split(',')
  return lines.map((line) => {
    const cells = Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell]))
    return {
      crane: `${cells.model} ${cells.condition} ${cells.jib_m}`,
      falls: cells.reeving_as_recorded === '4' ? '4' : '2',
      maxLoad: Number(cells.max_load_t) * 1000,
      maxLoadRadius: Number(cells.max_load_radius_m),
      radius: Number(cells.radius_m),
      capacity: Number(cells.capacity_t) * 1000,
    }
  })
}

test.skipIf(!existsSync(file))('makers’ charts load as they are, and agree at every printed point', () => {
  const lines = printed()
  const charts = chartsFromTable(lines)
  expect(lines.length).toBeGreaterThan(1_900)
  for (const [name, chart] of charts) {
    const parameters = towerCraneParametersSchema.parse({ ...crane.parameters, ...chart })
    const falls = Object.entries(chart.loadChart)
    expect(
      falls.map(([key]) => key),
      name,
    ).toEqual(['2', '4'])
    const own = lines.filter((line) => line.crane === name)
    for (const [key, points] of falls) {
      const maxLoad = Math.max(...points.map(([, capacity]) => capacity))
      for (const { radius, capacity } of own.filter((line) => line.maxLoad === maxLoad)) {
        expect(capacityAt(parameters, radius, key === '2' ? 2 : 4), `${name} ${key} falls ${radius} m`).toBeCloseTo(
          capacity,
          6,
        )
      }
    }
  }
})

test('of two lines that a table calls by the same falls, the greater is the 4-fall one', () => {
  const line = { crane: 'c', falls: '2', maxLoadRadius: 10, radius: 20 } as const
  const charts = chartsFromTable([
    { ...line, maxLoad: 5_000, capacity: 2_400 },
    { ...line, maxLoad: 2_500, capacity: 2_500 },
  ])
  expect(charts.get('c')?.loadChart).toEqual({
    '2': [
      [10, 2_500],
      [20, 2_500],
    ],
    '4': [
      [10, 5_000],
      [20, 2_400],
    ],
  })
})
