import type { RuleName } from '@lifeline/contracts'

/** What callers report; the first is what almost all of them do. */
export const reportable = [
  'entrapment',
  'alarm_button',
  'unintended_movement',
  'moving_with_door_open',
  'overtravel_top',
  'overtravel_bottom',
  'door_fault',
  'power_loss',
  'safety_device_tripped',
  'collision',
  'tilt',
  'wind',
] as const satisfies readonly RuleName[]
