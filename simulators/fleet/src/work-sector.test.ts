import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crane } from './testing/district.ts'
import { workSector } from './work-sector.ts'

type Parameters = ReturnType<typeof crane>['parameters']
type Point = readonly [number, number]

const at = (east: number, north: number, changes: Partial<Parameters> = {}): Parameters => ({
  ...crane('crane', east, north, 40).parameters,
  ...changes,
})

/** Points along jib and counter-jib at an angle. */
function jib({ position, jibLength, counterJibLength }: Parameters, angle: number): Point[] {
  const [east, north] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)]
  return Array.from({ length: jibLength + counterJibLength + 1 }, (_, i): Point => {
    const along = i - counterJibLength
    return [position.east + along * east, position.north + along * north]
  })
}

const apart = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by)

test('a crane alone works all round', () => {
  expect(workSector(at(0, 0), [])).toEqual({ from: 0, to: 360 })
  expect(workSector(at(0, 0), [at(200, 0)])).toEqual({ from: 0, to: 360 })
})

test('neighbours never come within ten metres of one another, wherever each stands in its own sector', () => {
  const distance = fc.integer({ min: 45, max: 130 })
  fc.assert(
    fc.property(distance, fc.integer({ min: 0, max: 359 }), (metres, bearing) => {
      const [east, north] = [metres * Math.sin(bearing), metres * Math.cos(bearing)]
      const [one, other] = [at(0, 0), at(east, north)]
      const [mine, theirs] = [workSector(one, [other]), workSector(other, [one])]
      if (mine === undefined || theirs === undefined) throw new Error('no room')
      expect(mine.to - mine.from).toBeGreaterThanOrEqual(20)
      for (const angle of [mine.from, (mine.from + mine.to) / 2, mine.to]) {
        for (const across of [theirs.from, (theirs.from + theirs.to) / 2, theirs.to]) {
          const least = Math.min(...jib(one, angle).flatMap((a) => jib(other, across).map((b) => apart(a, b))))
          expect(least).toBeGreaterThanOrEqual(10 - 1e-6)
        }
      }
    }),
    { numRuns: 20 },
  )
})

describe('a forbidden zone', () => {
  const zone: Point[] = [
    [-58, -20],
    [-34, -20],
    [-34, 12],
    [-58, 12],
  ]

  test('is never under the jib', () => {
    const parameters = at(0, 0, { forbiddenZones: [{ name: 'yard', polygon: zone.map(([x, y]) => [x, y]) }] })
    const sector = workSector(parameters, [])
    if (sector === undefined) throw new Error('no room')
    for (let angle = sector.from; angle <= sector.to; angle++) {
      const inside = jib(parameters, angle).filter(([x, y]) => x >= -58 && x <= -34 && y >= -20 && y <= 12)
      expect(inside).toEqual([])
    }
    expect(sector.to - sector.from).toBeGreaterThan(200)
  })

  test('that the mast stands in leaves no direction', () => {
    const everywhere: [number, number][] = [
      [-5, -5],
      [5, -5],
      [5, 5],
      [-5, 5],
    ]
    expect(workSector(at(0, 0, { forbiddenZones: [{ name: 'all', polygon: everywhere }] }), [])).toBeUndefined()
  })
})

test('a mast too near to another leaves no direction', () => {
  expect(workSector(at(0, 0), [at(5, 0)])).toBeUndefined()
})
