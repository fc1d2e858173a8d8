import type { Equipment, EquipmentOf } from '@lifeline/contracts'
import type { Random } from '@lifeline/simulator-physics'

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

/** A house of four lifts of usual sizes. */
export function house(siteId: string, random: Random): Equipment[] {
  return Array.from({ length: 4 }, (_, i): EquipmentOf<'elevator'> => {
    const floors = random.integer(5, 33)
    return {
      ...common,
      deviceId: `${siteId}-lift-${i}`,
      siteId,
      kind: 'elevator',
      rescueCode: '500001',
      reportInterval: 10,
      parameters: {
        ratedLoad: random.pick([450, 630, 800, 1_000, 1_600]),
        ratedSpeed: floors > 20 ? 2.5 : random.pick([1, 1.5, 1.75]),
        travel: Math.round(random.between(2.8, 3.2) * (floors - 1) * 100) / 100,
        floors,
        installedOn: '2018-05-01',
      },
    }
  })
}

/** A building site of two cranes that reach each other, each with a forbidden zone, and two hoists. */
export function works(siteId: string, random: Random): Equipment[] {
  const apart = random.between(45, 55)
  return [
    crane(siteId, 0, 0, 45, -1),
    crane(siteId, 1, apart, 54, 1),
    hoist(siteId, 0, random),
    hoist(siteId, 1, random),
  ]
}

/** @param side where its forbidden zone lies: away from the other crane, -1 west, 1 east */
function crane(siteId: string, i: number, east: number, jibHeight: number, side: number): EquipmentOf<'tower-crane'> {
  const deviceId = `${siteId}-crane-${i}`
  const [near, far] = [east + side * 35, east + side * 55]
  return {
    ...common,
    deviceId,
    siteId,
    kind: 'tower-crane',
    reportInterval: 5,
    operators: [`card-${deviceId}`],
    parameters: {
      position: { east, north: 0 },
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
      forbiddenZones: [
        {
          name: 'school',
          polygon: [
            [near, 8],
            [far, 8],
            [far, 28],
            [near, 28],
          ],
        },
      ],
      windLimit: 20,
    },
  }
}

function hoist(siteId: string, i: number, random: Random): EquipmentOf<'hoist'> {
  const deviceId = `${siteId}-hoist-${i}`
  const last = random.integer(8, 30)
  return {
    ...common,
    deviceId,
    siteId,
    kind: 'hoist',
    reportInterval: 15,
    operators: [`card-${deviceId}`],
    parameters: {
      ratedLoad: 2_000,
      ratedSpeed: random.pick([0.6, 0.85]),
      maxPeople: 9,
      travel: 3 * last,
      safetyDeviceCalibratedOn: '2026-03-01',
      landings: Array.from({ length: last + 1 }, (_, floor) => 3 * floor),
    },
  }
}
