import { checkFrame, type ElevatorFrame, type IncidentEvent } from '@lifeline/contracts'
import { describe, expect, test } from 'vitest'
import type { RegisteredDevice } from '../registry-client.ts'
import { crane, lift } from '../testing/district.ts'
import { incidentsOf, inShort } from '../testing/incidents-of.ts'
import { hasRecordings, needsRecordings, recordingFile } from '../testing/shared-data.ts'
import type { LiftTrack } from './lift-track.ts'
import type { Recording } from './recording.ts'
import { framesOf, type ReplayFrame, replayFrames } from './replay-frames.ts'

const startTime = 1_795_000_000_000
const house = lift('lift-1')
/** With the figures that the recorded crane's own limiter gave as rated at those radii, 2 falls. */
const works = (() => {
  const device = crane('crane-1', 0, 0, 60)
  const loadChart = {
    2: [31.5, 38.2, 45, 50].map((radius, i): [number, number] => [radius, [10_000, 7_700, 5_600, 4_700][i] ?? 0]),
  }
  return { ...device, parameters: { ...device.parameters, maxLoad: 10_000, ratedMoment: 4_000, loadChart } }
})()

/** What the rules say to a replay, and to two minutes of silence after it. */
function heard(device: RegisteredDevice, frames: readonly ReplayFrame[]): IncidentEvent[] {
  const { deviceId } = device
  const sent = frames.map(({ frame }) => ({ deviceId, frame }))
  const last = sent.at(-1)
  return incidentsOf([device], sent, (last?.frame.time ?? 0) + 120_000)
}

function checkLift(frames: readonly ReplayFrame[]): void {
  let before: ElevatorFrame | undefined
  for (const { kind, frame } of frames) {
    const verdict = checkFrame(kind, frame)
    if (!verdict.ok || verdict.unknown.length > 0) throw new Error(JSON.stringify(verdict))
    const now = frame as ElevatorFrame
    const { speed = 9, position = 99, door, inDoorZone } = now
    if (door !== 'closed') expect([speed, inDoorZone]).toEqual([0, true])
    if (before !== undefined) {
      expect(now.time - before.time).toBe(500)
      expect(Math.abs(position - (before.position ?? 0))).toBeLessThan(0.7)
    }
    before = now
  }
  expect(before).toMatchObject({ door: 'closed', people: 0, speed: 0 })
}

describe('a recorded lift', () => {
  const way = Array.from({ length: 501 }, (_, i) => Math.min(3, Math.max(0, 0.06 * (i - 200))))
  const track: LiftTrack = {
    landings: [0, 3],
    rides: [{ fromMs: 20_000, toMs: 25_000, from: 0, to: 1 }],
    durationMs: 50_000,
    positions: way,
    stepMs: 100,
  }
  const recording: Recording = { kind: 'elevator', track }

  test('carries people with its doors shut from landing to landing and ends empty', () => {
    const frames = framesOf(recording, { startTime })
    checkLift(frames)
    const riding = frames.filter(({ frame }) => 'position' in frame && (frame.speed ?? 0) > 0.1)
    expect(riding.every(({ frame }) => 'people' in frame && frame.people === 1)).toBe(true)
    expect(heard(house, frames)).toEqual([])
  })

  test('with an entrapment stands for a minute between its landings, and that is one incident', () => {
    const frames = framesOf(recording, { startTime, entrap: true })
    checkLift(frames)
    const trapped = frames.filter(({ frame }) => frame.faults?.includes('restart_prevented'))
    expect(trapped.length).toBeGreaterThanOrEqual(120)
    for (const { frame } of trapped) expect(frame).toMatchObject({ speed: 0, inDoorZone: false, occupied: true })
    expect(inShort(heard(house, frames))).toEqual(['opened entrapment lift-1', 'cleared entrapment lift-1'])
  })

  test('that never rode traps nobody, and neither does a crane', () => {
    const still: Recording = { kind: 'elevator', track: { ...track, rides: [], positions: [0] } }
    expect(() => framesOf(still, { startTime, entrap: true })).toThrow(/no ride/)
    expect(() => framesOf({ kind: 'tower-crane', readings: [] }, { startTime, entrap: true })).toThrow(/lifts/)
  })
})

test('a recorded crane is brought under the jib and into the sector of the registered one, with its driver', () => {
  const reading = { hookLoad: 1_000, radius: 30, falls: 2, windSpeed: 3 } as const
  const readings = [
    { ...reading, atMs: 0, hookHeight: 80, slewAngle: 350 },
    { ...reading, atMs: 2_000, hookHeight: 60, slewAngle: 358 },
  ]
  const place = { device: works, sector: { from: 300, to: 420 } }
  const frames = framesOf({ kind: 'tower-crane', readings }, { startTime, crane: place })
  expect(frames.map(({ frame }) => frame)).toMatchObject([
    { time: startTime, hookHeight: 57, slewAngle: 356, operator: 'card-crane-1' },
    { time: startTime + 2_000, hookHeight: 37, slewAngle: 4, operator: 'card-crane-1' },
  ])
})

describe.skipIf(!hasRecordings)(needsRecordings, () => {
  const lifts = [
    ...['lift-pressure-1', 'lift-pressure-2', 'lift-pressure-door-field'],
    ...['lift-imu-1st_to_2nd_floor', 'lift-imu-2nd_to_5th_floor', 'lift-imu-5th_to_1st_floor'],
  ]
  const file = (name: string): string => recordingFile(`elevators/${name}.csv`)

  test.each([...lifts, 'lift-imu-idle'])('%s raises no incident', (name) => {
    const frames = replayFrames(file(name), { startTime })
    checkLift(frames)
    expect(inShort(heard(house, frames))).toEqual([])
  })

  test.each(lifts)('%s with an entrapment spliced in raises exactly one', (name) => {
    const frames = replayFrames(file(name), { startTime, entrap: true })
    checkLift(frames)
    const incidents = heard(house, frames)
    expect(inShort(incidents)).toEqual(['opened entrapment lift-1', 'cleared entrapment lift-1'])
    // A minute still, of which the first thirty seconds are waited for. Where the landing is near, the condition holds
    // again until its door opens, and that is the same episode.
    const { openedAt, clearedAt = 0 } = incidents[1]?.data ?? { openedAt: 0 }
    expect(clearedAt - openedAt).toBeGreaterThan(29_000)
    expect(clearedAt - openedAt).toBeLessThan(40_000)
  })

  test.each(['potain-blackbox-lift-2026-03-24', 'potain-work-cycles'])('%s raises no incident', (name) => {
    const frames = replayFrames(recordingFile(`cranes/${name}.csv`), {
      startTime,
      crane: { device: works, sector: undefined },
    })
    for (const { kind, frame } of frames) expect(checkFrame(kind, frame)).toMatchObject({ ok: true, unknown: [] })
    expect(inShort(heard(works, frames))).toEqual([])
  })
})
