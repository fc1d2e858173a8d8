import type { ElevatorFrame, HoistFrame } from '@lifeline/contracts'
import { describe, expect, test } from 'vitest'
import { isReportDue } from './report-schedule.ts'

const lift = { kind: 'elevator', reportInterval: 10 } as const
const idle: ElevatorFrame = {
  time: 100_000,
  speed: 0,
  door: 'closed',
  people: 0,
  inDoorZone: true,
  floor: 0,
  faults: [],
}
const moving: ElevatorFrame = { ...idle, speed: 1.2 }

test('the first reading is always sent', () => {
  expect(isReportDue(lift, idle, undefined)).toBe(true)
})

describe('a lift', () => {
  test('that stands still reports every five seconds, or twice per registered interval where that is oftener', () => {
    const due = (afterMs: number, reportInterval: number) =>
      isReportDue({ kind: 'elevator', reportInterval }, { ...idle, time: idle.time + afterMs }, idle)
    expect([due(4_750, 10), due(5_000, 10), due(5_000, 60)]).toEqual([false, true, true])
    expect([due(1_250, 3), due(1_500, 3)]).toEqual([false, true])
  })

  test('that moves reports every second', () => {
    const due = (afterMs: number) => isReportDue(lift, { ...moving, time: moving.time + afterMs }, moving)
    expect([due(750), due(1_000)]).toEqual([false, true])
  })

  test('tells at once that it starts, stops, or changes what people depend on', () => {
    const soon = { time: idle.time + 250 }
    expect(isReportDue(lift, { ...moving, ...soon }, idle)).toBe(true)
    expect(isReportDue(lift, { ...idle, ...soon }, moving)).toBe(true)
    expect(isReportDue(lift, { ...idle, ...soon, door: 'opening' }, idle)).toBe(true)
    expect(isReportDue(lift, { ...idle, ...soon, alarmButton: true }, idle)).toBe(true)
    expect(isReportDue(lift, { ...idle, ...soon, faults: ['restart_prevented'] }, idle)).toBe(true)
    expect(isReportDue(lift, { ...idle, ...soon }, idle)).toBe(false)
  })

  test('does not tell each landing that it passes', () => {
    expect(isReportDue(lift, { ...moving, time: moving.time + 250, floor: 3, inDoorZone: false }, moving)).toBe(false)
  })
})

test('a crane reports every second, whatever it does', () => {
  const crane = { kind: 'tower-crane', reportInterval: 5 } as const
  const frame = { time: 100_000, hookLoad: 0 }
  const due = (afterMs: number) => isReportDue(crane, { time: frame.time + afterMs, hookLoad: 900 }, frame)
  expect([due(750), due(1_000)]).toEqual([false, true])
})

test('a hoist reports every two seconds while it moves, else every five, and changes at once', () => {
  const hoist = { kind: 'hoist', reportInterval: 15 } as const
  const still: HoistFrame = { time: 100_000, speed: 0, people: 1, cageDoor: 'closed' }
  const riding: HoistFrame = { ...still, speed: 0.6 }
  const due = (frame: HoistFrame, afterMs: number) =>
    isReportDue(hoist, { ...frame, time: frame.time + afterMs }, frame)
  expect([due(still, 4_750), due(still, 5_000), due(riding, 1_750), due(riding, 2_000)]).toEqual([
    false,
    true,
    false,
    true,
  ])
  expect(isReportDue(hoist, { ...still, time: still.time + 250, people: 3 }, still)).toBe(true)
})
