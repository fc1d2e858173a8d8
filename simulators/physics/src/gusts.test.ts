import { expect, test } from 'vitest'
import { drydenGusts, turbulence } from './gusts.ts'
import { createRandom } from './random.ts'
import { Wind } from './wind.ts'

test('gusts have the intensity and the length of the Dryden model', () => {
  const { length, intensity } = turbulence(45)
  // MIL-F-8785C at 148 ft: 148 / 0.2985^1.2 ft, and 0.1 / 0.2985^0.4 of the wind.
  expect(length).toBeCloseTo(192, -1)
  expect(intensity).toBeCloseTo(0.162, 3)
  const mean = 10
  const next = drydenGusts(createRandom('gusts'), 45)
  const gusts = Array.from({ length: 200_000 }, () => next(mean, 1))
  const deviation = Math.sqrt(gusts.reduce((sum, gust) => sum + gust * gust, 0) / gusts.length)
  expect(deviation / mean).toBeCloseTo(intensity, 1)
  const later = gusts.slice(1).reduce((sum, gust, i) => sum + gust * (gusts[i] ?? 0), 0) / gusts.length
  expect(later / deviation ** 2).toBeCloseTo(Math.exp(-mean / length), 2)
})

test('fair weather stays below its greatest gust; a storm comes within minutes and goes again', () => {
  const wind = new Wind({ seed: 'day', startTime: 0, height: 45, greatest: 8.5, storm: 18 })
  for (let second = 1; second <= 86_400; second++) {
    wind.advance(second * 1000)
    expect(wind.speed).toBeLessThanOrEqual(8.5)
    expect(wind.speed).toBeGreaterThan(0)
  }
  wind.stormy = true
  wind.advance(86_400_000 + 180_000)
  expect(wind.mean).toBeCloseTo(18, 6)
  wind.stormy = false
  wind.advance(86_400_000 + 360_000)
  expect(wind.mean).toBeLessThan(8.5)
})

test('the wind is the same however time is let go by', () => {
  const options = { seed: 'same', startTime: 0, height: 45, greatest: 8.5, storm: 18 }
  const [one, many] = [new Wind(options), new Wind(options)]
  one.advance(600_000)
  for (let time = 50; time <= 600_000; time += 50) many.advance(time)
  expect(one.speed).toBe(many.speed)
})
