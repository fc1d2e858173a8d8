import { expect, test } from 'vitest'
import { lift } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

const at = (speed: number) => ({ speed, door: 'closed', occupied: false }) as const
const log = () => new LogBuilder(lift)

test('105 % of rated speed is allowed, more warns after a second', () => {
  expect(
    log()
      .frames(1, 20, at(1.75 * 1.05))
      .told(),
  ).toEqual([])
  expect(
    log()
      .frames(5, 20, at(1.75 * 1.06))
      .told(),
  ).toEqual(['opened overspeed warning @6'])
})

test('one noisy reading does not warn', () => {
  expect(log().frames(1, 5, at(1.7)).frame(5, at(1.9)).frames(6, 20, at(1.7)).told()).toEqual([])
})

test('115 % is critical and a danger to life at once, downwards too', () => {
  const told = log()
    .frame(5, at(-1.75 * 1.15))
    .incidents()
  expect(told[0]?.data).toMatchObject({ severity: 'critical', lifeSafety: true })
  expect(
    log()
      .frame(5, at(1.75 * 1.149))
      .told(),
  ).toEqual([])
})

test('one episode whose severity moves, and stays a danger to life', () => {
  const told = log()
    .frames(5, 10, at(1.9))
    .frames(10, 12, at(2.1))
    .frames(12, 40, at(1.9))
    .frames(40, 55, at(1))
    .incidents()
  expect(told.map(({ type, data }) => `${type} ${data.severity} ${data.lifeSafety}`)).toEqual([
    'incident.opened warning false',
    'incident.updated critical true',
    'incident.updated warning true',
    'incident.cleared warning true',
  ])
  expect(new Set(told.map(({ data }) => data.incidentId)).size).toBe(1)
  expect(told.at(-1)?.data.measured.speed).toBe(2.1)
})
