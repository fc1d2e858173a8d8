import { describe, expect, test } from 'vitest'
import { hasRecordings, needsRecordings, recordingFile } from '../testing/shared-data.ts'
import { liftImu } from './lift-imu.ts'
import { type LiftTrack, positionAt, speedAt } from './lift-track.ts'
import { readRecording } from './read-recording.ts'
import { type Recording, Table } from './recording.ts'

/** 30 s of acceleration with a pulse about each of the given seconds, thousandths of g. */
function accelerationOf(pulses: readonly { readonly at: number; readonly mg: number }[]): string {
  const lines = Array.from({ length: 52 }, (_, i) => {
    const time = 0.4 + i * 0.577
    const pulse = pulses.find(({ at }) => Math.abs(time - at) < 0.6)
    return `${time},-40,8,${1_016 + (i % 3) * 6 + (pulse?.mg ?? 0)}`
  })
  return ['time_s,ax_mg,ay_mg,az_mg', ...lines].join('\n')
}

function trackIn(recording: Recording): LiftTrack {
  if (recording.kind !== 'elevator') throw new Error('not a lift')
  return recording.track
}
const read = (text: string): LiftTrack => trackIn(liftImu.read(new Table(text)))

describe('a lift’s acceleration', () => {
  test('is one ride at the lift’s speed between the pulses of start and stop', () => {
    const track = read(
      accelerationOf([
        { at: 6, mg: 70 },
        { at: 20, mg: -60 },
      ]),
    )
    expect(track.rides).toMatchObject([{ from: 0, to: 3 }])
    expect(Math.abs((track.landings.at(-1) ?? 0) - 0.63 * 14)).toBeLessThan(0.5)
    expect(speedAt(track, 12_000)).toBeCloseTo(0.63, 6)
    expect(positionAt(track, 0)).toBe(0)
    expect(positionAt(track, track.durationMs)).toBeCloseTo(track.landings.at(-1) ?? 0, 6)
  })

  test('goes down where the first pulse lightens', () => {
    const track = read(
      accelerationOf([
        { at: 6, mg: -60 },
        { at: 10.8, mg: 70 },
      ]),
    )
    expect(track.rides).toMatchObject([{ from: 1, to: 0 }])
    expect(positionAt(track, track.durationMs)).toBeCloseTo(0, 6)
  })

  test('without a pulse is no ride, and with only one is an error', () => {
    expect(read(accelerationOf([])).rides).toEqual([])
    expect(() => read(accelerationOf([{ at: 6, mg: 70 }]))).toThrow(/begins and does not end/)
  })
})

describe.skipIf(!hasRecordings)(needsRecordings, () => {
  test.each([
    ['1st_to_2nd_floor', 1, 3],
    ['2nd_to_5th_floor', 3, 8.7],
    ['5th_to_1st_floor', -4, 12.2],
  ])('%s is a ride of as many storeys, as far as the pressure recordings have it', (name, storeys, metres) => {
    const track = trackIn(readRecording(recordingFile(`elevators/lift-imu-${name}.csv`)))
    expect(track.rides.map(({ from, to }) => to - from)).toEqual([storeys])
    expect(Math.abs((track.landings.at(-1) ?? 0) - metres)).toBeLessThan(0.5)
  })

  test('idle is no ride', () => {
    expect(trackIn(readRecording(recordingFile('elevators/lift-imu-idle.csv'))).rides).toEqual([])
  })
})
