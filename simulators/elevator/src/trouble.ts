import type { Fault } from '@lifeline/simulator-physics'
import { alarmPressed, type Injection } from './injection.ts'
import type { ElevatorFault } from './truth.ts'

/** What was ordered to go wrong, and whether it has. */
export class Trouble {
  #injection: Injection | undefined
  #since: number | undefined

  get injection(): Injection | undefined {
    return this.#injection
  }

  /** What is really wrong now. */
  get fault(): Fault<ElevatorFault> | undefined {
    const since = this.#since
    return this.#injection === undefined || since === undefined ? undefined : { name: this.#injection.name, since }
  }

  is(fault: ElevatorFault): boolean {
    return this.#injection?.name === fault
  }

  order(injection: Injection | undefined): void {
    this.#injection = injection
    this.#since = undefined
  }

  /** It has come, at a time in ms since the Unix epoch, unless it had before. */
  present(time: number): void {
    this.#since ??= time
  }

  /** Whether the alarm button is pressed so long after the halt, ms. */
  alarmPressed(haltedMs: number): boolean {
    const injection = this.#injection
    return injection !== undefined && 'alarmAfterMs' in injection && alarmPressed(haltedMs, injection.alarmAfterMs)
  }

  /** Whether something stands in the way of the shutting door, which is open by that share. @param time as above */
  turnsBack(share: number, time: number): boolean {
    const injection = this.#injection
    if (injection?.name !== 'door_fault' || share > 0.5) return false
    this.present(time)
    injection.turnsLeft--
    if (injection.turnsLeft === 0) this.order(undefined)
    return true
  }
}
