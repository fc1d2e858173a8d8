import { capacityAt as capacityByRules } from '@lifeline/rules'
import { capacityAt } from '@lifeline/simulator-tower-crane'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crane, district } from './testing/district.ts'
import { drive } from './testing/drive.ts'
import { incidentsOf, inShort } from './testing/incidents-of.ts'

const noon = Date.UTC(2026, 10, 24, 4)

test('an hour of normal driving raises no incident, whatever the seed and the hour', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 23 }), (seed, hour) => {
      const { sent } = drive(district, seed, noon + hour * 3_600_000, 3_600_000)
      expect(inShort(incidentsOf(district, sent))).toEqual([])
    }),
    { numRuns: 2 },
  )
})

test('a crane reads its load chart as the rules do', () => {
  const { parameters } = crane('crane', 0, 0, 40)
  fc.assert(
    fc.property(fc.double({ min: 1, max: 70, noNaN: true }), fc.constantFrom<2 | 4>(2, 4), (radius, falls) => {
      expect(capacityAt(parameters, falls, radius)).toBeCloseTo(capacityByRules(parameters, radius, falls) ?? -1, 6)
    }),
  )
})
