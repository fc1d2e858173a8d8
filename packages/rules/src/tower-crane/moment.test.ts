import { expect, test } from 'vitest'
import { crane } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'
import { capacityAt } from './load-chart.ts'

const hook = (hookLoad: number, radius = 45) => ({ hookLoad, radius, falls: 2 })

test('capacity is linear between chart points and follows the falls', () => {
  expect(capacityAt(crane.parameters, 45, 2)).toBeCloseTo(2_000)
  expect(capacityAt(crane.parameters, 30, 4)).toBeCloseTo(3_000)
  expect(capacityAt(crane.parameters, 60, 2)).toBe(1_200)
})

test('capacity is nothing beyond the last radius and the first point’s inside it', () => {
  expect(capacityAt(crane.parameters, 60.01, 2)).toBe(0)
  expect(capacityAt(crane.parameters, 3, 2)).toBe(5_000)
})

test('capacity is never above the constant-moment curve', () => {
  const weak = { ...crane.parameters, ratedMoment: 500 }
  expect(capacityAt(weak, 45, 2)).toBeCloseTo((500 * 1000) / (9.80665 * 45))
})

test('with unknown falls the capacity is the most that any chart allows', () => {
  expect(capacityAt(crane.parameters, 20, undefined)).toBe(capacityAt(crane.parameters, 20, 4))
  expect(capacityAt(crane.parameters, 58, undefined)).toBe(capacityAt(crane.parameters, 58, 2))
})

test('80 % informs, 90 % warns, 100 % alarms, in one incident', () => {
  const log = new LogBuilder(crane)
  log.frames(1, 5, hook(1_599)).frames(5, 10, hook(1_600)).frames(10, 15, hook(1_800)).frames(15, 20, hook(2_000))
  expect(log.told()).toEqual(['opened moment info @6', 'updated moment warning @6', 'updated moment major @6'])
})

test('it goes down by ten seconds of less, and clears', () => {
  const log = new LogBuilder(crane).frames(5, 20, hook(2_100)).frames(20, 35, hook(1_700)).frames(35, 50, hook(500))
  expect(log.told()).toEqual(['opened moment major @6', 'updated moment info @6', 'cleared moment info @35'])
})

test('any real load beyond the chart alarms, with no share to state', () => {
  const [opened] = new LogBuilder(crane).frames(5, 8, hook(500, 61)).incidents()
  expect(opened?.data).toMatchObject({ severity: 'major', measured: { capacity: 0, hookLoad: 500 } })
  expect(opened?.data.measured.ratio).toBeUndefined()
})

test('a load that swings for a moment raises no level of an incident that is open', () => {
  const log = () => new LogBuilder(crane).frames(1, 20, hook(1_700))
  expect(log().frame(20, hook(2_300)).frames(21, 40, hook(1_700)).told('moment')).toEqual(['opened moment info @2'])
  expect(log().frame(20, hook(2_300)).ticks(24).told('moment')).toEqual([
    'opened moment info @2',
    'updated moment major @2',
  ])
})
