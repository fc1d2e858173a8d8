import type { Passenger } from './demand.ts'
import { type Injection, withoutPeople } from './injection.ts'
import type { ElevatorLimits } from './limits.ts'
import type { Passengers } from './passengers.ts'

/** Nobody stays longer in a car that does not go, ms. */
const overloadStayMs = 20_000
/** Somebody who carries furniture out holds the door for so long, ms. */
const holdMs = 200_000

/**
 * What those do who come because something is to go wrong, once everybody else has moved and the doors stand open.
 * @param newcomer someone at this landing
 * @param time ms since the Unix epoch
 * @returns `busy` while the doors must stay open for them, `over` once the last of too many has stepped out
 */
export function injectedPeopleMove(
  injection: Injection,
  passengers: Passengers,
  limits: ElevatorLimits,
  newcomer: () => Passenger,
  time: number,
): 'busy' | 'idle' | 'over' {
  if (injection.name === 'door_open_too_long') {
    injection.heldUntil ??= time + holdMs
    return time < injection.heldUntil ? 'busy' : 'over'
  }
  if (injection.name !== 'overload') {
    const wanted = 'people' in injection ? injection.people : withoutPeople.has(injection.name) ? 0 : 1
    if (passengers.count >= wanted) return 'idle'
    passengers.squeezeIn(newcomer())
    return 'busy'
  }
  switch (injection.phase) {
    case 'squeezing_in':
      if (passengers.load >= 1.03 * limits.overload) {
        injection.phase = 'staying'
        injection.stayUntil = time + overloadStayMs
        return 'busy'
      }
      // Into a large car they come side by side.
      for (let abreast = 0; abreast < limits.overload / 1_000; abreast++) passengers.squeezeIn(newcomer())
      return 'busy'
    case 'staying':
      if (time >= injection.stayUntil) injection.phase = 'stepping_out'
      return 'busy'
    case 'stepping_out':
      if (passengers.load <= limits.fullLoad) return 'over'
      passengers.lastOut()
      return 'busy'
  }
}
