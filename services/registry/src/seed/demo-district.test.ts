import { equipmentSchema, idSchema, unitSchema } from '@lifeline/contracts'
import { capacityAt } from '@lifeline/rules'
import { expect, test } from 'vitest'
import { demoDistrict } from './demo-district.ts'
import { demoElevators } from './demo-elevators.ts'
import { demoCranes, demoHoists } from './demo-machines.ts'

const { sites, units, gateways, equipment } = demoDistrict
const gravity = 9.80665

test('the district has what interface.md §5 promises', () => {
  const buildings = sites.filter(({ kind }) => kind === 'building')
  const construction = sites.filter(({ kind }) => kind === 'construction')
  expect(demoElevators.length).toBeGreaterThanOrEqual(60)
  expect(new Set(demoElevators.map(({ siteId }) => siteId))).toEqual(new Set(buildings.map(({ id }) => id)))
  expect(buildings).toHaveLength(12)
  expect(demoCranes).toHaveLength(6)
  expect(new Set(demoCranes.map(({ siteId }) => siteId))).toEqual(new Set(construction.map(({ id }) => id)))
  expect(construction).toHaveLength(2)
  expect(demoHoists).toHaveLength(4)
  expect(demoElevators.filter(({ approvedForUse }) => !approvedForUse)).toHaveLength(2)
  expect(
    demoElevators.filter(({ maintenanceUnit }) => maintenanceUnit === 'unit-silent').length,
  ).toBeGreaterThanOrEqual(4)
})

test('every profile is one that the contracts allow, at a site and with a maintenance unit of the district', () => {
  const siteIds = sites.map(({ id }) => id)
  const maintenance = units.filter(({ kind }) => kind === 'maintenance').map(({ id }) => id)
  for (const device of equipment) {
    expect(equipmentSchema.parse(device)).toEqual(device)
    expect(siteIds).toContain(device.siteId)
    expect(maintenance).toContain(device.maintenanceUnit)
    expect(device.rural).toBe(sites.find(({ id }) => id === device.siteId)?.rural)
  }
  for (const unit of units) expect(unitSchema.parse(unit)).toEqual(unit)
})

test('no id, rescue code or registration code is given twice, and every lift has a rescue code of 6 digits', () => {
  const ids = [...equipment.map(({ deviceId }) => deviceId), ...gateways.map(({ id }) => id)]
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) idSchema.parse(id)
  expect(new Set(equipment.map(({ registrationCode }) => registrationCode)).size).toBe(equipment.length)
  const codes = demoElevators.map(({ rescueCode }) => rescueCode)
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  for (const { registrationCode } of equipment) expect(registrationCode).toMatch(/^\d{20}$/)
})

test('there are three rescue stations with places, fire 119, and lifts in town and outside it', () => {
  const stations = units.filter(({ kind, location }) => kind === 'station' && location !== undefined)
  expect(stations.length).toBeGreaterThanOrEqual(3)
  expect(units.find(({ id }) => id === 'fire-119')?.kind).toBe('fire')
  expect(units.some(({ kind }) => kind === 'use')).toBe(true)
  expect(new Set(demoElevators.map(({ rural }) => rural))).toEqual(new Set([true, false]))
  expect(gateways.length).toBeGreaterThanOrEqual(2)
})

test('lifts are of many loads and speeds, and the longest ride at rated speed takes a minute at most', () => {
  const loads = new Set(demoElevators.map(({ parameters }) => parameters.ratedLoad))
  const speeds = demoElevators.map(({ parameters }) => parameters.ratedSpeed)
  expect(Math.min(...loads)).toBeLessThan(750)
  expect(loads.size).toBeGreaterThanOrEqual(6)
  expect([Math.min(...speeds), Math.max(...speeds)]).toEqual([0.5, 2.5])
  for (const { parameters } of demoElevators) {
    const { travel, floors, ratedSpeed } = parameters
    expect(travel / (floors - 1)).toBeGreaterThanOrEqual(2.8)
    expect(travel / ratedSpeed).toBeLessThanOrEqual(60)
  }
})

test('two cranes of one site reach one another with their jibs at different heights, and no others do', () => {
  const pairs = demoCranes.flatMap((one, index) => demoCranes.slice(index + 1).map((other) => [one, other] as const))
  const reaching = pairs.filter(([one, other]) => {
    if (one.siteId !== other.siteId) return false
    const [a, b] = [one.parameters, other.parameters]
    const apart = Math.hypot(a.position.east - b.position.east, a.position.north - b.position.north)
    return apart < a.jibLength + b.jibLength
  })
  expect(reaching.map((pair) => pair.map(({ deviceId }) => deviceId))).toEqual([['crane-1', 'crane-2']])
  for (const [{ parameters: a }, { parameters: b }] of reaching) {
    const apart = Math.hypot(a.position.east - b.position.east, a.position.north - b.position.north)
    // GB 5144-2006 10.5: 2 m between the lower jib's end and the other's mast, and between the jibs.
    expect(apart - Math.min(a.jibLength, b.jibLength)).toBeGreaterThanOrEqual(2)
    expect(Math.abs(a.jibHeight - b.jibHeight)).toBeGreaterThanOrEqual(2)
  }
})

test('a load chart falls with the radius from the greatest load to the end of the jib, within the rated moment', () => {
  for (const { parameters } of demoCranes) {
    const { loadChart, ratedMoment, jibLength, maxLoad } = parameters
    expect(Object.keys(loadChart)).toEqual(['2', '4'])
    for (const [falls, chart = []] of Object.entries(loadChart)) {
      expect(chart.at(-1)?.[0]).toBe(jibLength)
      for (const [index, [radius, capacity]] of chart.entries()) {
        expect(capacity * gravity * radius).toBeLessThanOrEqual(ratedMoment * 1000)
        expect(capacity).toBeLessThan(chart[index - 1]?.[1] ?? Number.POSITIVE_INFINITY)
        expect(capacityAt(parameters, radius, Number(falls) as 2 | 4)).toBe(capacity)
      }
    }
    expect(loadChart['4']?.[0]?.[1]).toBe(maxLoad)
    expect(loadChart['2']?.[0]?.[1]).toBe(maxLoad / 2)
  }
})

test('a forbidden zone lies where its crane can reach', () => {
  const zones = demoCranes.flatMap(({ parameters }) => parameters.forbiddenZones.map((zone) => ({ zone, parameters })))
  expect(zones.length).toBeGreaterThan(0)
  for (const { zone, parameters } of zones) {
    const { east, north } = parameters.position
    const middles = zone.polygon.map(([x, y], index) => {
      const [nextX, nextY] = zone.polygon[(index + 1) % zone.polygon.length] ?? [x, y]
      return [(x + nextX) / 2, (y + nextY) / 2] as const
    })
    const nearest = Math.min(...middles.map(([x, y]) => Math.hypot(x - east, y - north)))
    expect(nearest).toBeLessThan(parameters.jibLength)
  }
})

test('a hoist has drivers, landings up to its travel, and a calibrated safety device', () => {
  for (const { operators, parameters } of demoHoists) {
    expect(operators.length).toBeGreaterThan(0)
    expect(parameters.landings?.[0]).toBe(0)
    expect(parameters.landings?.at(-1)).toBe(parameters.travel)
    expect(parameters.safetyDeviceCalibratedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})
