/**
 * Message codes of lifts as numbered by the schemes that controllers send. Codes collide between schemes, so a
 * number is only ever read together with its scheme (domain.md §1.2; GB/T 24476-2017 clause 11 and the Chongqing
 * extension of it).
 */
const gbt24476_2017 = {
  0: 'none',
  1: 'safety_chain_open',
  2: 'door_close_fault',
  3: 'door_open_fault',
  4: 'stop_outside_unlocking_zone',
  5: 'unintended_car_movement',
  6: 'motor_run_time_limiter',
  7: 'position_lost',
  8: 'restart_prevented',
  40: 'mode_auto',
  41: 'main_power_off',
  42: 'mode_out_of_service',
  43: 'mode_inspection',
  44: 'mode_fire_recall',
  45: 'mode_firefighter',
  46: 'mode_emergency_power',
  47: 'mode_seismic',
  90: 'alarm_button',
} as const

const cq2023 = { ...gbt24476_2017, 91: 'pit_overrun', 92: 'top_overrun', 93: 'entrapment' } as const

/** The code tables by scheme: number -> slug. */
export const faultCodeSchemes: Readonly<Record<string, Readonly<Record<number, FaultSlug>>>> = {
  'gbt24476-2017': gbt24476_2017,
  'cq-2023': cq2023,
}

export type FaultSlug = (typeof cq2023)[keyof typeof cq2023]

/** All slugs a controller's event may carry. */
export const faultSlugs: ReadonlySet<string> = new Set(Object.values(cq2023))

/** The slug of `code` in `scheme`, or undefined where the scheme has no such code. */
export function faultSlug(scheme: string, code: number): FaultSlug | undefined {
  return faultCodeSchemes[scheme]?.[code]
}
