import { describe, expect, test } from 'vitest'
import { hasRecordings, needsRecordings, recordingFile } from '../testing/shared-data.ts'
import { craneBlackBox } from './crane-black-box.ts'
import { craneWorkCycles } from './crane-work-cycles.ts'
import { readRecording } from './read-recording.ts'
import { type CraneReading, type Recording, type RecordingFormat, Table } from './recording.ts'

function readingsIn(recording: Recording): readonly CraneReading[] {
  if (recording.kind !== 'tower-crane') throw new Error('not a crane')
  return recording.readings
}
const read = (format: RecordingFormat, lines: readonly string[]) => readingsIn(format.read(new Table(lines.join('\n'))))

describe('a black box', () => {
  const header = 'Number,Time,Load,Radius,Angle,Height,WindSpeed,Fall'

  test('gives kilograms, and tells readings of the same second apart by their number', () => {
    const [first, second, third] = read(craneBlackBox, [
      header,
      '72,2026-03-24 12:03:31,1.42,38.21,107.02,40.97,1.2,2',
      '73,2026-03-24 12:03:31,1.59,38.21,107.02,40.97,1.05,2',
      '74,2026-03-24 12:03:33,0,38,359.9,41,0,4',
    ])
    expect(first).toEqual({
      ...{ atMs: 0, seq: 72, hookLoad: 1_420, radius: 38.21, slewAngle: 107.02, hookHeight: 40.97, windSpeed: 1.2 },
      falls: 2,
    })
    expect(second).toMatchObject({ atMs: 0, seq: 73 })
    expect(third).toMatchObject({ atMs: 2_000, hookLoad: 0, falls: 4 })
  })

  test.each([
    ['72,yesterday,1,38,107,41,1,2', /"yesterday" is no time/],
    ['72,2026-03-24 12:03:31,1,38,107,41,1,3', /3 falls/],
    ['72,2026-03-24 12:03:31,1,38,107', /line 2 ends before the column Height/],
  ])('says what is wrong with %s', (line, reason) => {
    expect(() => read(craneBlackBox, [header, line])).toThrow(reason)
  })
})

describe('work cycles', () => {
  const columns = ['Load', 'Radius', 'Angle', 'Height', 'WindSpeed', 'Fall']
  const header = [
    ...['Data_start', 'Date_max', 'Date_end'],
    ...['start', 'max', 'end'].flatMap((moment) => columns.map((column) => `${column}_${moment}`)),
  ].join(',')
  const cycle = (day: string, angle: string) =>
    [
      ...[`${day} 14:00:00`, `${day} 14:00:10`, `${day} 14:01:00`],
      ...[`0.2,30,${angle},10,2,2`, `2,35,${angle},20,3,2`, `0,20,${angle},40,2,2`],
    ].join(',')

  test('are drawn in straight lines from state to state, one reading every two seconds', () => {
    const readings = read(craneWorkCycles, [header, cycle('2026-01-28', '107')])
    expect(readings).toHaveLength(31)
    expect(readings[0]).toMatchObject({ atMs: 0, hookLoad: 200, radius: 30, slewAngle: 107 })
    expect(readings.find(({ atMs }) => atMs === 10_000)).toMatchObject({ hookLoad: 2_000, radius: 35 })
    expect(readings.find(({ atMs }) => atMs === 4_000)?.hookLoad).toBeCloseTo(920)
    expect(readings.at(-1)).toMatchObject({ atMs: 60_000, hookLoad: 0, hookHeight: 40 })
  })

  test('follow one another without the days between', () => {
    const readings = read(craneWorkCycles, [header, cycle('2026-01-28', '107'), cycle('2026-02-04', '107')])
    // 30 m of lowering at half a metre a second.
    expect(readings.at(-1)?.atMs).toBe(60_000 + 60_000 + 60_000)
  })

  test('know no angle where the recorder had none', () => {
    expect(read(craneWorkCycles, [header, cycle('2026-01-28', '0.00')])[0]).not.toHaveProperty('slewAngle')
  })
})

describe.skipIf(!hasRecordings)(needsRecordings, () => {
  test('the black box recorded a lift of 2.08 t from 38 m into the inner limit', () => {
    const readings = readingsIn(readRecording(recordingFile('cranes/potain-blackbox-lift-2026-03-24.csv')))
    expect(readings).toHaveLength(122)
    expect(Math.max(...readings.map(({ hookLoad }) => hookLoad))).toBe(2_080)
    expect(readings[0]?.radius).toBe(38.21)
    expect(Math.min(...readings.map(({ radius }) => radius))).toBe(9.28)
    const moments = readings.map(({ atMs, seq }) => `${atMs}/${seq}`)
    expect(new Set(moments).size).toBe(122)
    expect(new Set(readings.map(({ atMs }) => atMs)).size).toBe(120)
  })

  test('the work cycles go on without a jump back or a hole', () => {
    const readings = readingsIn(readRecording(recordingFile('cranes/potain-work-cycles.csv')))
    const gaps = readings.slice(1).map(({ atMs }, i) => atMs - (readings[i]?.atMs ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(0)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2_000)
    expect(Math.max(...readings.map(({ hookLoad }) => hookLoad))).toBeCloseTo(3_760)
  })
})
