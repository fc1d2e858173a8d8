import { createRandom, moveTo } from '@lifeline/simulator-physics'
import { describe, expect, test } from 'vitest'
import { hasRecordings, needsRecordings, recordingFile } from '../testing/shared-data.ts'
import { liftPressure } from './lift-pressure.ts'
import { type LiftTrack, positionAt, speedAt } from './lift-track.ts'
import { readRecording } from './read-recording.ts'
import { Table } from './recording.ts'

const limits = { speed: 0.63, acceleration: 0.5, jerk: 0.8 }

/** A lift's pressure as the sensor would give it: rides with half a minute's rest, drift, noise, and a gust per stop. */
function pressureOf(stops: readonly number[], sampleMs: number, driftPerSecond: number): string {
  const random = createRandom('pressure')
  const heights: number[] = []
  for (const [i, stop] of stops.entries()) {
    const rest = Math.round(30_000 / sampleMs)
    heights.push(...Array.from({ length: rest }, (_, n) => stop + (n > 30 && n < 33 ? 0.4 : 0)))
    const next = stops[i + 1]
    if (next === undefined) break
    const ride = moveTo(stop, next, limits)
    for (let at = 0; at < ride.duration; at += sampleMs / 1_000) heights.push(ride.at(at).position)
  }
  const lines = heights.map((height, n) => {
    const drift = (driftPerSecond * n * sampleMs) / 1_000
    return `${n},${(99_800 - 12 * height + drift + 0.3 * random.normal()).toFixed(2)},22.5`
  })
  return ['sample,pressure,temperature', ...lines].join('\n')
}

function trackIn(text: string): LiftTrack {
  const recording = liftPressure.read(new Table(text))
  if (recording.kind !== 'elevator') throw new Error('not a lift')
  return recording.track
}

const rideNames = ({ rides }: LiftTrack) => rides.map(({ from, to }) => `${from}-${to}`)

describe('a lift’s air pressure', () => {
  const stops = [0, 3.5, 7, 9.9, 0]

  test.each([90, 700])(
    'tells landings, rides and times from samples every %i ms, whatever the weather does',
    (sampleMs) => {
      const track = trackIn(pressureOf(stops, sampleMs, 0.02))
      expect(rideNames(track)).toEqual(['0-1', '1-2', '2-3', '3-0'])
      for (const [i, height] of [0, 3.5, 7, 9.9].entries()) {
        expect(Math.abs((track.landings[i] ?? 0) - height)).toBeLessThan(0.2)
      }
      const [first] = track.rides
      expect(Math.abs((first?.fromMs ?? 0) - 30_000)).toBeLessThan(3_000)
    },
  )

  test('is at a landing exactly between rides, and never faster than a tenth above the lift’s speed on them', () => {
    const track = trackIn(pressureOf(stops, 90, -0.02))
    let rest = 0
    for (let atMs = 0; atMs < track.durationMs; atMs += 100) {
      const riding = track.rides.some(({ fromMs, toMs }) => atMs > fromMs && atMs < toMs)
      expect(Math.abs(speedAt(track, atMs))).toBeLessThan(0.7)
      if (riding) continue
      rest++
      expect(track.landings).toContain(positionAt(track, atMs))
    }
    expect(rest).toBeGreaterThan(1_000)
  })

  test('leaves out a ride that an end of the recording cuts off', () => {
    const [header, ...lines] = pressureOf(stops, 90, 0).split('\n')
    const cut = lines.slice(400, -400)
    expect(rideNames(trackIn([header, ...cut].join('\n')))).toEqual(['0-1', '1-2'])
  })

  test('without any change is no ride, and says so', () => {
    const flat = ['sample,pressure', ...Array.from({ length: 100 }, (_, n) => `${n},99800`)].join('\n')
    expect(() => trackIn(flat)).toThrow(/never changes/)
    expect(() => trackIn('sample,pressure\n0,99800\n1,broken')).toThrow(/line 3, column pressure: "broken"/)
  })
})

describe.skipIf(!hasRecordings)(needsRecordings, () => {
  const track = (name: string): LiftTrack => {
    const recording = readRecording(recordingFile(`elevators/${name}.csv`))
    if (recording.kind !== 'elevator') throw new Error('not a lift')
    return recording.track
  }

  test('three recordings of the same lift agree on its six landings to 20 cm', () => {
    const all = ['lift-pressure-1', 'lift-pressure-2', 'lift-pressure-door-field'].map((name) => track(name).landings)
    for (const landings of all) {
      expect(landings).toHaveLength(6)
      for (const [i, height] of [0, 3.49, 6.96, 9.86, 12.78, 15.66].entries()) {
        expect(Math.abs((landings[i] ?? 0) - height)).toBeLessThan(0.2)
      }
    }
  })

  test('the rides are those that the curves show', () => {
    expect(rideNames(track('lift-pressure-1'))).toEqual([
      ...['0-1', '1-2', '2-3', '3-4', '4-5'],
      ...['5-4', '4-2', '2-1', '1-0'],
    ])
    expect(rideNames(track('lift-pressure-2'))).toEqual(['0-1', '1-2', '2-3', '3-4', '4-5', '5-0'])
    expect(rideNames(track('lift-pressure-door-field'))).toEqual([
      ...['4-5', '5-4', '4-3', '3-2', '2-1', '1-0', '0-4', '4-1'],
    ])
  })
})
