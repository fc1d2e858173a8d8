import type { Frame } from '@lifeline/contracts'
import type { Delivery, Reporting } from '@lifeline/simulator-physics'
import { type Action, act, type ScriptedAction } from './demo-scenario.ts'
import type { Driven, Machine } from './machine.ts'
import type { RegisteredDevice } from './registry-client.ts'
import { isReportDue } from './report-schedule.ts'

/** A reading is taken so often, ms. */
const sampleMs = 250

/** What happened to a device between two looks at it. */
export interface Advance {
  /** To be sent, in this order. */
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
  readonly #reporting: Reporting<Frame> | undefined
  /** On their way. */
  #underWay: Delivery<Frame>[] = []
  #sent: Frame | undefined

  /**
   * @param startTime ms since the Unix epoch, when the script's time 0 is; the machine may have been made for earlier
   * @param script actions for this device, in time order
   * @param reporting how its sensors and its link err; without it what it sends is the truth
   */
  constructor(
    device: RegisteredDevice,
    machine: Machine,
    startTime: number,
    script: readonly ScriptedAction[],
    reporting?: Reporting<Frame>,
  ) {
    this.#reporting = reporting
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
    const acted: Action[] = []
    for (let time = this.truth.time; time + sampleMs <= now; time += sampleMs) {
      while (this.#script[0] !== undefined && this.#startTime + this.#script[0].atMs <= time) {
        const { action } = this.#script.shift() as ScriptedAction
        act(this.#machine, action)
        acted.push(action)
      }
      this.#driven.step(sampleMs)
      if (time < this.#startTime) continue
      const truth = this.#driven.frame()
      const frame = this.#reporting?.switches(truth) ?? truth
      if (!isReportDue(this.device, frame, this.#sent)) continue
      this.#sent = frame
      this.#underWay.push(...(this.#reporting?.send(frame) ?? [{ frame, at: frame.time }]))
    }
    return { frames: this.#arrived(now), acted }
  }

  #arrived(now: number): Frame[] {
    const arrived = this.#underWay.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
    this.#underWay = this.#underWay.filter(({ at }) => at > now)
    return arrived.map(({ frame }) => frame)
  }

  get #driven(): Driven {
    return this.#machine.simulator
  }
}
