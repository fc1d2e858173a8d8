import type { Kind, RuleName } from '@lifeline/contracts'
import type { ElevatorFault } from '@lifeline/simulator-elevator'
import type { HoistFault } from '@lifeline/simulator-hoist'
import type { ReportingFault } from '@lifeline/simulator-physics'
import type { TowerCraneFault } from '@lifeline/simulator-tower-crane'

/** What is made to go wrong in a device-day, and what must be told of it. */
export interface BenchFault {
  /** As the simulators call it; `not_approved_for_use` is the registry's word. */
  readonly name: ElevatorFault | TowerCraneFault | HoistFault | ReportingFault | 'not_approved_for_use'
  /** Each of them must be told: that is recall. */
  readonly must: readonly RuleName[]
  /** True as well while it lasts, but not in every case. */
  readonly also: readonly RuleName[]
  /** How long it lasts once it is there, s, unless it ends by itself. */
  readonly lasts: number
  /** The setting after which it is an incident, s, where that is what it is measured against. */
  readonly setting?: number
}

const fault = (
  name: BenchFault['name'],
  lasts: number,
  must: readonly RuleName[] = [name as RuleName],
  also: readonly RuleName[] = [],
): BenchFault => ({ name, must, also, lasts })

const ofAll = [
  fault('sensor_implausible', 120),
  fault('clock_skew', 600),
  fault('offline', 600),
  fault('not_approved_for_use', 1_800),
]
const ofMasts = [fault('wind', 600), fault('tilt', 300), fault('unauthorised_operator', 600)]
/** Whoever is in a car that stands between landings is trapped, whatever the reason. */
const stranded: readonly RuleName[] = ['entrapment', 'stop_outside_door_zone']

export const benchFaults: Readonly<Record<Kind, readonly BenchFault[]>> = {
  elevator: [
    { ...fault('entrapment', 120, ['entrapment', 'alarm_button'], ['stop_outside_door_zone']), setting: 30 },
    { ...fault('shut_in', 120, ['entrapment', 'alarm_button']), setting: 40 },
    fault('overload', 60),
    fault('overspeed', 60),
    fault('moving_with_door_open', 60, ['moving_with_door_open'], ['safety_chain_open']),
    fault(
      'unintended_movement',
      60,
      ['unintended_movement'],
      [...stranded, 'moving_with_door_open', 'safety_chain_open', 'door_open_too_long'],
    ),
    fault('overtravel_top', 60, ['overtravel_top'], stranded),
    fault('overtravel_bottom', 60, ['overtravel_bottom'], stranded),
    fault('stop_outside_door_zone', 60),
    fault('door_fault', 120),
    fault('door_open_too_long', 300),
    // Whoever had just stepped in is behind shut doors then.
    fault('safety_chain_open', 60, ['safety_chain_open'], ['entrapment']),
    // A door without power stands where it stood.
    fault('power_loss', 90, ['power_loss'], [...stranded, 'door_fault', 'door_open_too_long']),
    fault('sensor_stuck', 600),
    ...ofAll,
  ],
  'tower-crane': [
    fault('moment', 300),
    fault('limiter_failed', 300, ['limiter_failed', 'moment'], ['overload']),
    fault('overload', 300, ['overload', 'moment'], ['limiter_failed']),
    fault('limit_reached', 120),
    fault('forbidden_zone', 120),
    fault('collision', 120),
    ...ofMasts,
    ...ofAll,
  ],
  hoist: [
    fault('overload', 60),
    fault('too_many_people', 120, ['too_many_people'], ['overload']),
    fault('overspeed', 60),
    fault('moving_with_door_open', 60),
    fault('overtravel_top', 60, ['overtravel_top'], ['entrapment']),
    fault('overtravel_bottom', 60, ['overtravel_bottom'], ['entrapment']),
    fault('safety_device_tripped', 60, ['safety_device_tripped'], ['overspeed', 'entrapment']),
    { ...fault('entrapment', 120), setting: 30 },
    fault('power_loss', 60, ['power_loss'], ['entrapment']),
    fault('sensor_stuck', 900),
    ...ofMasts,
    ...ofAll,
  ],
}
