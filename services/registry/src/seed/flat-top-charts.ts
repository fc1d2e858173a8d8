import type { EquipmentOf } from '@lifeline/contracts'

export type LiftingData = Pick<
  EquipmentOf<'tower-crane'>['parameters'],
  'jibLength' | 'maxLoad' | 'ratedMoment' | 'loadChart'
>

/*
 * Single figures at radii of the EN 14439 brochures of two flat-top cranes of Zoomlion, R135-8 and R220-10, ordinary
 * (not "superlift") condition, for the jib lengths named. The first point is the radius up to which the full load
 * may be lifted. `ratedMoment` is the largest load times radius of the crane's charts, times 9.80665, rounded up.
 */

/** R135-8 with 60 m of jib. */
export const r135Jib60: LiftingData = {
  jibLength: 60,
  maxLoad: 8_000,
  ratedMoment: 1_400,
  loadChart: {
    '2': [
      [30.6, 4_000],
      [35, 3_410],
      [40, 2_890],
      [45, 2_490],
      [50, 2_170],
      [55, 1_920],
      [60, 1_700],
    ],
    '4': [
      [16.7, 8_000],
      [20, 6_490],
      [25, 5_010],
      [30, 4_030],
      [35, 3_340],
      [40, 2_820],
      [50, 2_110],
      [60, 1_630],
    ],
  },
}

/** R135-8 with 55 m of jib. */
export const r135Jib55: LiftingData = {
  jibLength: 55,
  maxLoad: 8_000,
  ratedMoment: 1_400,
  loadChart: {
    '2': [
      [32.8, 4_000],
      [35, 3_700],
      [40, 3_150],
      [45, 2_720],
      [50, 2_380],
      [55, 2_100],
    ],
    '4': [
      [17.8, 8_000],
      [20, 7_010],
      [25, 5_420],
      [30, 4_370],
      [35, 3_630],
      [40, 3_080],
      [45, 2_650],
      [55, 2_030],
    ],
  },
}

/** R220-10 with 50 m of jib. */
export const r220Jib50: LiftingData = {
  jibLength: 50,
  maxLoad: 10_000,
  ratedMoment: 2_180,
  loadChart: {
    '2': [
      [40.7, 5_000],
      [42.5, 4_750],
      [45, 4_430],
      [47.5, 4_150],
      [50, 3_900],
    ],
    '4': [
      [22.2, 10_000],
      [25, 8_700],
      [30, 7_050],
      [35, 5_880],
      [40, 5_010],
      [45, 4_340],
      [50, 3_810],
    ],
  },
}
