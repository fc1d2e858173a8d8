import type { EquipmentOf } from '@lifeline/contracts'

const common = {
  siteId: 'site-1',
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

/** A passenger lift of 1,000 kg and 1.75 m/s over 10 floors. */
export const lift: EquipmentOf<'elevator'> = {
  ...common,
  deviceId: 'lift-1',
  kind: 'elevator',
  rescueCode: '500001',
  reportInterval: 10,
  parameters: { ratedLoad: 1000, ratedSpeed: 1.75, travel: 27, floors: 10, installedOn: '2018-05-01' },
}

/** A flat-top crane; its 2-fall chart falls from 5 t at 15 m to 1.2 t at 60 m. */
export const crane: EquipmentOf<'tower-crane'> = {
  ...common,
  deviceId: 'crane-1',
  kind: 'tower-crane',
  reportInterval: 5,
  parameters: {
    position: { east: 0, north: 0 },
    jibHeight: 45,
    jibLength: 60,
    counterJibLength: 14,
    maxLoad: 10_000,
    ratedMoment: 1_250,
    loadChart: {
      '2': [
        [15, 5_000],
        [30, 2_800],
        [60, 1_200],
      ],
      '4': [
        [12, 10_000],
        [30, 3_000],
        [60, 1_000],
      ],
    },
    forbiddenZones: [],
    windLimit: 20,
  },
}

/** A rack-and-pinion hoist cage of 2,000 kg, 9 persons, 0.6 m/s. */
export const hoist: EquipmentOf<'hoist'> = {
  ...common,
  deviceId: 'hoist-1',
  kind: 'hoist',
  reportInterval: 15,
  parameters: {
    ratedLoad: 2_000,
    ratedSpeed: 0.6,
    maxPeople: 9,
    travel: 90,
    safetyDeviceCalibratedOn: '2026-03-01',
    landings: [0, 3, 6, 9],
  },
}
