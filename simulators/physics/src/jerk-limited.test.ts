import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MotionLimits, type MotionState, moveTo, stopFrom } from './jerk-limited.ts'

const slack = 1e-6
const limitsOf = fc.record({
  speed: fc.double({ min: 0.2, max: 6, noNaN: true }),
  acceleration: fc.double({ min: 0.1, max: 1.5, noNaN: true }),
  jerk: fc.double({ min: 0.1, max: 3, noNaN: true }),
})
const place = fc.double({ min: -200, max: 200, noNaN: true })

function expectWithin(state: MotionState, limits: MotionLimits): void {
  expect(Math.abs(state.speed)).toBeLessThanOrEqual(limits.speed + slack)
  expect(Math.abs(state.acceleration)).toBeLessThanOrEqual(limits.acceleration + slack)
}

describe('a move', () => {
  test('ends exactly where it should, at rest, and keeps all three limits on the way', () => {
    fc.assert(
      fc.property(place, place, limitsOf, (from, to, limits) => {
        const move = moveTo(from, to, limits)
        expect(move.at(move.duration)).toEqual({ position: to, speed: 0, acceleration: 0 })
        expect(move.at(move.duration * (1 - 1e-9)).position).toBeCloseTo(to, 4)
        const steps = 100
        let before = move.at(0)
        for (let i = 1; i <= steps; i++) {
          const dt = move.duration / steps
          const now = move.at(i * dt)
          expectWithin(now, limits)
          expect(Math.abs(now.acceleration - before.acceleration)).toBeLessThanOrEqual(limits.jerk * dt + slack)
          expect(Math.abs(now.position - before.position)).toBeLessThanOrEqual(limits.speed * dt + slack)
          before = now
        }
      }),
      { numRuns: 200 },
    )
  })

  test('reaches the full speed where the way is long enough', () => {
    const limits = { speed: 1.75, acceleration: 0.8, jerk: 1 }
    const move = moveTo(0, 27, limits)
    expect(move.at(move.duration / 2).speed).toBeCloseTo(1.75, 9)
  })

  test('of no distance is over at once', () => {
    expect(moveTo(3, 3, { speed: 1, acceleration: 1, jerk: 1 })).toMatchObject({ duration: 0, end: { position: 3 } })
  })
})

test('a stop from anywhere in a move comes to rest without turning back, within the limits', () => {
  fc.assert(
    fc.property(place, limitsOf, fc.double({ min: 0, max: 1, noNaN: true }), (to, limits, share) => {
      const move = moveTo(0, to, limits)
      const from = move.at(move.duration * share)
      const stop = stopFrom(from, limits)
      const direction = Math.sign(to)
      let before = from
      for (let i = 1; i <= 100; i++) {
        const now = stop.at((stop.duration * i) / 100)
        expectWithin(now, limits)
        expect((now.position - before.position) * direction).toBeGreaterThanOrEqual(-slack)
        before = now
      }
      expect(stop.at(stop.duration * (1 - 1e-9)).speed).toBeCloseTo(0, 5)
      expect(stop.at(stop.duration * (1 - 1e-9)).acceleration).toBeCloseTo(0, 5)
      expect(stop.end.speed).toBe(0)
    }),
    { numRuns: 200 },
  )
})
