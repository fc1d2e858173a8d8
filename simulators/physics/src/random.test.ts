import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meanReverting } from './mean-reverting.ts'
import { createRandom } from './random.ts'

const draw = (seed: string | number, count: number): number[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => random.next())
}

test('the same seed gives the same numbers, another seed others', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (seed, other) => {
      expect(draw(seed, 20)).toEqual(draw(seed, 20))
      if (seed !== other) expect(draw(seed, 20)).not.toEqual(draw(other, 20))
    }),
  )
})

test('numbers are spread evenly, waiting times have their mean, normals their deviation', () => {
  const random = createRandom('spread')
  const many = 20_000
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const sample = (next: () => number): number[] => Array.from({ length: many }, next)
  expect(mean(sample(random.next))).toBeCloseTo(0.5, 1)
  expect(mean(sample(() => random.exponential(30)))).toBeCloseTo(30, -1)
  const normals = sample(random.normal)
  expect(mean(normals)).toBeCloseTo(0, 1)
  expect(mean(normals.map((value) => value * value))).toBeCloseTo(1, 1)
  expect(new Set(sample(() => random.integer(2, 5)))).toEqual(new Set([2, 3, 4, 5]))
})

test('a mean-reverting value stays between its bounds and about its mean', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const wind = { mean: 4, deviation: 1.5, relaxation: 60, min: 0, max: 8.5 }
      const next = meanReverting(createRandom(seed), wind, 1_000)
      const values = Array.from({ length: 3_600 }, next)
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...values)).toBeLessThanOrEqual(8.5)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(Math.abs(mean - 4)).toBeLessThan(1.5)
      expect(new Set(values).size).toBeGreaterThan(100)
    }),
    { numRuns: 20 },
  )
})
