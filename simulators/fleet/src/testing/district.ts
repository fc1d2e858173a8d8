import type { EquipmentOf } from '@lifeline/contracts'
import type { RegisteredDevice } from '../registry-client.ts'

const common = {
  registrationCode: '31105001202000000001',
  address: '璧山区测试路 1 号',
  location: { lat: 29.59, lon: 106.23 },
  rural: false,
  useUnit: 'use',
  maintenanceUnit: 'unit-1',
  approvedForUse: true,
  operators: [],
  settings: {},
}

export function lift(deviceId: string, changes: Partial<EquipmentOf<'elevator'>> = {}): EquipmentOf<'elevator'> {
  return {
    ...common,
    deviceId,
    kind: 'elevator',
    siteId: 'house',
    rescueCode: '500001',
    reportInterval: 10,
    parameters: { ratedLoad: 1000, ratedSpeed: 1.75, travel: 27, floors: 10, installedOn: '2018-05-01' },
    ...changes,
  }
}

/** A flat-top crane with a reach of 60 m. */
export function crane(deviceId: string, east: number, north: number, jibHeight: number): EquipmentOf<'tower-crane'> {
  return {
    ...common,
    deviceId,
    kind: 'tower-crane',
    siteId: 'works',
    reportInterval: 5,
    operators: [`card-${deviceId}`],
    parameters: {
      position: { east, north },
      jibHeight,
      jibLength: 60,
      counterJibLength: 14,
      maxLoad: 8_000,
      ratedMoment: 1_400,
      loadChart: {
        2: [
          [15, 4_000],
          [30, 3_300],
          [60, 1_300],
        ],
        4: [
          [15, 8_000],
          [30, 3_100],
          [60, 1_100],
        ],
      },
      forbiddenZones: [],
      windLimit: 20,
    },
  }
}

export function hoist(deviceId: string): EquipmentOf<'hoist'> {
  return {
    ...common,
    deviceId,
    kind: 'hoist',
    siteId: 'works',
    reportInterval: 15,
    operators: [`card-${deviceId}`],
    parameters: {
      ratedLoad: 2_000,
      ratedSpeed: 0.6,
      maxPeople: 9,
      travel: 33,
      safetyDeviceCalibratedOn: '2026-03-01',
      landings: Array.from({ length: 12 }, (_, floor) => 3 * floor),
    },
  }
}

/** Some of everything: a parked lift, one of the unit that never answers, two cranes within reach of one another. */
export const district: readonly RegisteredDevice[] = [
  lift('lift-1'),
  lift('lift-2'),
  lift('lift-3', { approvedForUse: false }),
  lift('lift-4', {
    maintenanceUnit: 'unit-silent',
    parameters: { ratedLoad: 630, ratedSpeed: 1, travel: 11.6, floors: 5, installedOn: '2009-01-01' },
  }),
  lift('lift-5', {
    parameters: { ratedLoad: 3000, ratedSpeed: 0.5, travel: 18, floors: 4, installedOn: '2013-01-01' },
  }),
  crane('crane-1', 0, 0, 42),
  crane('crane-2', 82, 16, 51),
  hoist('hoist-1'),
  hoist('hoist-2'),
]
