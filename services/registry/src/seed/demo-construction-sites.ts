import type { EquipmentOf } from '@lifeline/contracts'
import { type LiftingData, r135Jib55, r135Jib60, r220Jib50 } from './flat-top-charts.ts'

type CraneParameters = EquipmentOf<'tower-crane'>['parameters']

export interface DemoCrane {
  readonly lifting: LiftingData
  readonly place: Pick<CraneParameters, 'position' | 'jibHeight' | 'counterJibLength' | 'windLimit'>
  readonly forbiddenZones: CraneParameters['forbiddenZones']
}

export interface DemoHoist {
  readonly ratedLoad: number
  readonly ratedSpeed: number
  readonly maxPeople: number
  readonly floors: number
  /** m from landing to landing. */
  readonly storey: number
  readonly safetyDeviceCalibratedOn: string
}

export interface DemoConstructionSite {
  readonly siteId: string
  readonly name: string
  readonly address: string
  readonly lat: number
  readonly lon: number
  readonly useUnit: string
  readonly registeredOn: string
  readonly cranes: readonly DemoCrane[]
  readonly hoists: readonly DemoHoist[]
}

/** Two invented sites; of the cranes only the first two of the first site reach one another. */
export const demoConstructionSites: readonly DemoConstructionSite[] = [
  {
    siteId: 'site-hubin',
    name: '湖滨新城二期工地',
    address: '重庆市璧山区璧泉街道湖滨大道200号湖滨新城二期工地',
    lat: 29.6053,
    lon: 106.2318,
    useUnit: 'use-hubin',
    registeredOn: '2026-02-10',
    cranes: [
      {
        lifting: r135Jib60,
        place: { position: { east: 0, north: 0 }, jibHeight: 42, counterJibLength: 14, windLimit: 20 },
        forbiddenZones: [
          {
            name: '湖滨小学操场',
            polygon: [
              [-58, -20],
              [-34, -20],
              [-34, 12],
              [-58, 12],
            ],
          },
        ],
      },
      {
        lifting: r135Jib55,
        place: { position: { east: 82, north: 16 }, jibHeight: 51, counterJibLength: 14, windLimit: 20 },
        forbiddenZones: [],
      },
      {
        lifting: r220Jib50,
        place: { position: { east: 230, north: -18 }, jibHeight: 46, counterJibLength: 15, windLimit: 20 },
        forbiddenZones: [
          {
            name: '湖滨大道公交站',
            polygon: [
              [236, -66],
              [268, -66],
              [268, -52],
              [236, -52],
            ],
          },
        ],
      },
    ],
    hoists: [
      {
        ratedLoad: 2_000,
        ratedSpeed: 0.6,
        maxPeople: 9,
        floors: 12,
        storey: 3,
        safetyDeviceCalibratedOn: '2026-02-26',
      },
      {
        ratedLoad: 2_000,
        ratedSpeed: 0.6,
        maxPeople: 9,
        floors: 12,
        storey: 3,
        safetyDeviceCalibratedOn: '2026-02-26',
      },
    ],
  },
  {
    siteId: 'site-qingshan',
    name: '青山科创园工地',
    address: '重庆市璧山区青杠街道青山路16号青山科创园工地',
    lat: 29.5397,
    lon: 106.2936,
    useUnit: 'use-qingshan',
    registeredOn: '2026-05-21',
    cranes: [
      {
        lifting: r220Jib50,
        place: { position: { east: 0, north: 0 }, jibHeight: 58, counterJibLength: 15, windLimit: 20 },
        forbiddenZones: [
          {
            name: '110千伏线路走廊',
            polygon: [
              [-50, 30],
              [50, 44],
              [50, 56],
              [-50, 42],
            ],
          },
        ],
      },
      {
        lifting: r135Jib60,
        place: { position: { east: 138, north: 0 }, jibHeight: 44, counterJibLength: 14, windLimit: 13.8 },
        forbiddenZones: [],
      },
      {
        lifting: r135Jib55,
        place: { position: { east: 62, north: -146 }, jibHeight: 39, counterJibLength: 14, windLimit: 20 },
        forbiddenZones: [],
      },
    ],
    hoists: [
      {
        ratedLoad: 2_000,
        ratedSpeed: 1.05,
        maxPeople: 9,
        floors: 14,
        storey: 3.6,
        safetyDeviceCalibratedOn: '2026-06-03',
      },
      {
        ratedLoad: 1_000,
        ratedSpeed: 0.55,
        maxPeople: 8,
        floors: 9,
        storey: 3.6,
        safetyDeviceCalibratedOn: '2026-06-03',
      },
    ],
  },
]
