import { expect, test } from 'vitest'
import type { Device } from '../api/api-client.ts'
import { rescueCase } from '../testing/rescue-case.ts'
import { lookOf, placesOf } from './places.ts'

const device = (deviceId: string, lat: number, online = true): Device =>
  ({ deviceId, kind: 'elevator', siteId: 'site-1', location: { lat, lon: 106.2 }, online }) as unknown as Device

test('machines at one point are one place, with the most pressing of its cases first', () => {
  const places = placesOf(
    [device('lift-1', 29.5), device('lift-2', 29.50001), device('lift-3', 29.6)],
    [
      rescueCase({ id: 'a', deviceId: 'lift-2', priority: 4 }),
      rescueCase({ id: 'b', deviceId: 'lift-1', priority: 1 }),
    ],
  )
  expect(places.map(({ devices }) => devices.map(({ deviceId }) => deviceId))).toEqual([
    ['lift-1', 'lift-2'],
    ['lift-3'],
  ])
  expect(places[0]?.cases.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(places[1]?.cases).toEqual([])
})

test('a place looks like what presses most there', () => {
  const devices = [device('lift-1', 29.5)]
  expect(lookOf({ devices, cases: [] })).toBe('calm')
  expect(lookOf({ devices: [device('lift-1', 29.5, false)], cases: [] })).toBe('silent')
  expect(lookOf({ devices, cases: [rescueCase({ priority: 2 })] })).toBe('life')
  expect(lookOf({ devices, cases: [rescueCase({ priority: 1, drill: true })] })).toBe('drill')
  expect(lookOf({ devices, cases: [rescueCase({ priority: 3, lifeSafety: false, severity: 'major' })] })).toBe('major')
})
