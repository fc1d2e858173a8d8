import type { Frame } from '@lifeline/contracts'
import { type Action, act, type ScriptedAction } from './demo-scenario.ts'
import type { Driven, Machine } from './machine.ts'
import type { RegisteredDevice } from './registry-client.ts'
import { isReportDue } from './report-schedule.ts'

/** A reading is taken so often, ms. */
const sampleMs = 250

/** What happened to a device between two looks at it. */
export interface Advance {
  /** To be sent, in time order. */
  readonly frames: readonly Frame[]
  /** Actions of the script that were done. */
  readonly acted: readonly Action[]
}

/** One device: its machine, its script, and what it sends when. */
export class DrivenDevice {
  readonly device: RegisteredDevice
  readonly #machine: Machine
  readonly #script: ScriptedAction[]
  readonly #startTime: number
  #sent: Frame | undefined

  /**
   * @param startTime ms since the Unix epoch, when the script's time 0 is; the machine may have been made for earlier
   * @param script actions for this device, in time order
   */
  constructor(device: RegisteredDevice, machine: Machine, startTime: number, script: readonly ScriptedAction[]) {
    this.device = device
    this.#machine = machine
    this.#startTime = startTime
    this.#script = [...script]
  }

  /** What really goes on in the machine. */
  get truth(): Driven['truth'] {
    return this.#driven.truth
  }

  /** Lets time go by up to `now`, ms since the Unix epoch; nothing is reported from before the start. */
  advance(now: number): Advance {
    const frames: Frame[] = []
    const acted: Action[] = []
    for (let time = this.truth.time; time + sampleMs <= now; time += sampleMs) {
      while (this.#script[0] !== undefined && this.#startTime + this.#script[0].atMs <= time) {
        const { action } = this.#script.shift() as ScriptedAction
        act(this.#machine, action)
        acted.push(action)
      }
      this.#driven.step(sampleMs)
      if (time < this.#startTime) continue
      const frame = this.#driven.frame()
      if (!isReportDue(this.device, frame, this.#sent)) continue
      this.#sent = frame
      frames.push(frame)
    }
    return { frames, acted }
  }

  get #driven(): Driven {
    return this.#machine.simulator
  }
}
