import { createRandom } from '@lifeline/simulator-physics'
import { describe, expect, test } from 'vitest'
import { house, works } from './bench-site.ts'
import { benchFaults } from './fault-table.ts'
import { quantile } from './scores.ts'
import { SiteRun } from './site-run.ts'

const run = (seed: string) => {
  const [lift] = house('house-1', createRandom(seed))
  const cage = works('works-1', createRandom(seed)).at(-1)
  if (lift === undefined || cage === undefined) throw new Error('no devices')
  return [lift, cage].map((equipment) => new SiteRun([equipment], seed).run(1))
}

test('the same seed gives the same scores, to the last delay; another seed gives others', { timeout: 120_000 }, () => {
  const once = run('a')
  expect(run('a')).toEqual(once)
  expect(once[0]?.frames).toBeGreaterThan(17_280)
  expect(run('b')[0]?.frames).not.toBe(once[0]?.frames)
})

describe('the table of faults', () => {
  test('asks for what a fault must tell and what it may tell apart', () => {
    for (const faults of Object.values(benchFaults)) {
      for (const { must, also } of faults) {
        expect(must.length).toBeGreaterThan(0)
        expect(also.filter((rule) => must.includes(rule))).toEqual([])
      }
    }
  })

  test('has no fault twice for a kind', () => {
    for (const faults of Object.values(benchFaults)) {
      expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
    }
  })
})

test('a quantile is a value that was measured', () => {
  expect(quantile([3, 1, 2, 4], 0.5)).toBe(2)
  expect(quantile([3, 1, 2, 4], 0.95)).toBe(4)
  expect(quantile([], 0.5)).toBeNaN()
})
