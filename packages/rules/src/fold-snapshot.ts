import type { DeviceState } from './device-state.ts'

/** Devices whose text is made into one part: about 100 KB. */
const devicesOfPart = 100

/** Whether time alone may change what is known of a device, beside its silence. */
export const hasUnfinished = ({ held, asideEvents, backlog, episodes, catchingUp }: DeviceState): boolean =>
  held !== null || asideEvents !== null || backlog !== null || episodes.length > 0 || catchingUp

/**
 * A fold's state as it was at one moment, written little by little while the fold goes on: what is about to change is
 * written first. Thousands of devices at once take long enough for an alarm to wait.
 */
export class FoldSnapshot {
  readonly #head: string
  readonly #states: readonly DeviceState[]
  readonly #left: Set<DeviceState>
  readonly #written = new Map<DeviceState, string>()

  /** @param head JSON of an object that has all but `devices` */
  constructor(head: string, states: readonly DeviceState[]) {
    this.#head = head
    this.#states = states
    this.#left = new Set(states)
  }

  /** To be called before a device's state changes. */
  keep(state: DeviceState): void {
    if (this.#left.delete(state)) this.#written.set(state, JSON.stringify(state))
  }

  /** Writes up to so many devices more; returns whether all are written. */
  write(count: number): boolean {
    let more = count
    for (const state of this.#left) {
      if (more-- <= 0) return false
      this.keep(state)
    }
    return true
  }

  /** The JSON text in parts, once, when all devices are written. */
  *parts(): Generator<string> {
    yield `${this.#head.slice(0, -1)},"devices":[`
    for (let from = 0; from < this.#states.length; from += devicesOfPart) {
      const texts = this.#states.slice(from, from + devicesOfPart).map((state) => this.#written.get(state))
      yield from === 0 ? texts.join(',') : `,${texts.join(',')}`
    }
    this.#written.clear()
    yield ']}'
  }
}
