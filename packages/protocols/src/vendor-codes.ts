/**
 * Fault and event codes as vendors number them (domain.md §1.2: read in the code of deployed systems). The same number
 * means another thing in each scheme: 5 is an unintended movement, a door open while moving, an overrun of the pit, an
 * overspeed or an entrapment. So each scheme has a table of its own, and a change of one is a new scheme.
 */
const provincePush = {
  '08': 'moving_with_door_open',
  '09': 'top_overrun',
  '10': 'pit_overrun',
  '11': 'overspeed',
  '12': 'moving_with_door_open',
  '13': 'motor_run_time_limiter',
  '14': 'door_reversing_repeatedly',
  '15': 'alarm_button',
  '99': 'other',
} as const

const specialEquipment = {
  '09': 'top_overrun',
  '10': 'pit_overrun',
  '11': 'entrapment',
  '61': 'safety_chain_open',
  '62': 'overspeed',
  '63': 'unintended_reversal',
  '64': 'step_missing',
  '65': 'restart_prevented',
} as const

const liftTerminalA = {
  1: 'top_overrun',
  2: 'pit_overrun',
  3: 'overspeed',
  4: 'moving_with_door_open',
  5: 'moving_with_door_open',
  7: 'entrapment',
  8: 'entrapment',
  9: 'main_power_off',
  10: 'safety_chain_open',
  11: 'door_open_fault',
  12: 'door_close_fault',
  13: 'door_lock_open',
  14: 'landing_button_stuck',
  15: 'speed_abnormal',
  16: 'overspeed',
  17: 'overspeed',
  18: 'unintended_reversal',
  19: 'stopping_distance_exceeded',
  20: 'handrail_slow',
  21: 'handrail_slow',
  22: 'step_missing',
  23: 'step_missing',
  24: 'brake_fault',
  25: 'brake_fault',
} as const

const websocketTerminal = {
  1: 'entrapment',
  2: 'entrapment',
  3: 'moving_with_door_open',
  5: 'overspeed',
  6: 'top_overrun',
  7: 'pit_overrun',
  8: 'moving_with_door_open',
} as const

const binaryTerminal21 = { '01': 'overspeed', '05': 'entrapment', '08': 'entrapment', '09': 'top_overrun' } as const

const projectBi = {
  '0101': 'entrapment',
  '0204': 'pit_overrun',
  '0205': 'top_overrun',
  '0207': 'unintended_car_movement',
  '0313': 'offline_long',
  '0314': 'landing_stay_long',
  '0315': 'stopped_suspected',
  '0317': 'electric_bike_in_car',
  '0401': 'mode_out_of_service',
  '0402': 'mode_inspection',
} as const

const edgeBox = {
  1: 'entrapment',
  2: 'moving_with_door_open',
  3: 'stop_outside_unlocking_zone',
  4: 'top_overrun',
  5: 'pit_overrun',
  6: 'overspeed',
  11: 'door_reversing_repeatedly',
  12: 'door_close_fault',
  202: 'electric_bike_in_car',
} as const

/** The tables by scheme: code as it is written -> slug. */
export const vendorCodes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'province-push': provincePush,
  'special-equipment': specialEquipment,
  'lift-terminal-a': liftTerminalA,
  'websocket-terminal': websocketTerminal,
  'binary-terminal-21': binaryTerminal21,
  'project-bi': projectBi,
  'edge-box': edgeBox,
}
