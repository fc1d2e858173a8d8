import type { ElevatorFault } from './truth.ts'

/** What was ordered to go wrong. */
export type Injection =
  | {
      readonly name: 'entrapment' | 'shut_in'
      /** At least so many are in the car. */
      readonly people: number
      /** ms from the halt to the first press of the alarm button. */
      readonly alarmAfterMs: number
    }
  | { readonly name: 'overload'; phase: 'squeezing_in' | 'staying' | 'stepping_out'; stayUntil: number }
  | { readonly name: 'overspeed'; readonly ratio: number }
  | { readonly name: 'door_fault'; turnsLeft: number }
  | { readonly name: 'door_open_too_long'; heldUntil: number | undefined }
  | {
      readonly name: Exclude<
        ElevatorFault,
        'entrapment' | 'shut_in' | 'overload' | 'overspeed' | 'door_fault' | 'door_open_too_long'
      >
    }

/** How often an obstructed door turns back. */
const turns = 8

/** The injection as it is where nothing more is said. */
export function injectionOf(name: ElevatorFault): Injection {
  switch (name) {
    case 'entrapment':
    case 'shut_in':
      return { name, people: 1, alarmAfterMs: 5_000 }
    case 'overload':
      return { name, phase: 'squeezing_in', stayUntil: 0 }
    case 'overspeed':
      return { name, ratio: 1.2 }
    case 'door_fault':
      return { name, turnsLeft: turns }
    case 'door_open_too_long':
      return { name, heldUntil: undefined }
    default:
      return { name }
  }
}

/** Faults in which the car, once halted, stays there until it is released. */
export const halting: ReadonlySet<ElevatorFault | undefined> = new Set([
  'entrapment',
  'shut_in',
  'unintended_movement',
  'overtravel_top',
  'overtravel_bottom',
  'stop_outside_door_zone',
] as const)

/** Faults for which nobody needs to step in. */
export const withoutPeople: ReadonlySet<ElevatorFault | undefined> = new Set([
  'overtravel_top',
  'overtravel_bottom',
  'stop_outside_door_zone',
  'safety_chain_open',
  'power_loss',
] as const)

/** The button is held and let go of in turn, ms; the gap is short enough to be one and the same alarm. */
const pressMs = 2_000
const pressEveryMs = 7_000

/** Whether the alarm button is pressed so long after the halt. */
export function alarmPressed(haltedMs: number, alarmAfterMs: number): boolean {
  return haltedMs >= alarmAfterMs && (haltedMs - alarmAfterMs) % pressEveryMs < pressMs
}
