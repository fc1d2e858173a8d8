import type { RuleName } from '@lifeline/contracts'
import type { BenchDevice } from './bench-device.ts'
import type { BenchFault } from './fault-table.ts'
import { type Scores, scoreOf, type ToldIncident } from './scores.ts'

/** What follows from a fault may still be told so long after it is over, ms: creeping to a landing, a late backlog. */
const aftermathMs = 120_000
/** A fault that does not come by then does not count, ms: nobody rode, nobody lifted. */
const patienceMs = 3 * 3_600_000

/** One fault in one device-day, from the order to its aftermath. */
export class InjectedFault {
  readonly device: BenchDevice
  readonly fault: BenchFault
  readonly #orderedAt: number
  #since: number | undefined
  #heardAt: number | undefined
  #released = false
  #overAt: number | undefined
  /** When it was told first by each rule, and how often since, of each set of rules. */
  readonly #told = new Map<string, { readonly at: number; times: number }>()

  constructor(device: BenchDevice, fault: BenchFault, now: number) {
    this.device = device
    this.fault = fault
    this.#orderedAt = now
  }

  get since(): number | undefined {
    return this.#since
  }

  /** Looks at the truth. @returns `release` when it has lasted long enough, `done` once nothing more can come of it */
  look(now: number): 'release' | 'done' | undefined {
    if (this.#overAt !== undefined) return now - this.#overAt > aftermathMs ? 'done' : undefined
    const since = this.#truth(now)
    if (this.#since === undefined) {
      this.#since = since
      if (since !== undefined || now - this.#orderedAt < patienceMs) return undefined
      this.#overAt = now
      return 'release'
    }
    if (since === undefined) {
      this.#overAt = now
      // It ended by itself, but what ordered it may still be there.
      return this.#released ? undefined : 'release'
    }
    if (this.#released || now - this.#since < 1000 * this.fault.lasts) return undefined
    this.#released = true
    return 'release'
  }

  /** Takes note of a frame that arrived: the first one taken since the fault began is the first that can show it. */
  arrived(takenAt: number, at: number): void {
    if (this.#since !== undefined && takenAt >= this.#since) this.#heardAt ??= at
  }

  /** Whether an incident is true, by this fault; notes that it was told. @param by whose rules */
  explains(by: string, { rule, toldAt }: ToldIncident): boolean {
    const { must, also } = this.fault
    if (!must.includes(rule) && !also.includes(rule)) return false
    const key = `${by} ${rule}`
    const told = this.#told.get(key)
    if (told === undefined) this.#told.set(key, { at: toldAt, times: 1 })
    else told.times++
    return true
  }

  /** Enters what was told of it. @returns the rules that should have told and did not */
  score(by: string, scores: Scores): RuleName[] {
    const since = this.#since
    if (since === undefined) return []
    return this.fault.must.filter((rule) => {
      const score = scoreOf(scores, this.device.kind, rule)
      const told = this.#told.get(`${by} ${rule}`)
      score.faults++
      if (told === undefined) return true
      score.found++
      score.repeats += told.times - 1
      const delay = Math.max(0, told.at - since) / 1000
      score.delays.push(delay)
      if (this.fault.setting !== undefined && rule === 'entrapment') {
        score.beyondSetting.push(delay - this.fault.setting)
        score.beyondHearing.push((told.at - (this.#heardAt ?? since)) / 1000 - this.fault.setting)
      }
      return false
    })
  }

  #truth(now: number): number | undefined {
    if (this.fault.name === 'not_approved_for_use') {
      // The registry withdrew the approval; the fault begins with the first motion, and lasts as long as that stands.
      if (this.#released) return undefined
      return this.#since ?? (this.device.moving ? now : undefined)
    }
    const { fault } = this.device
    return fault?.name === this.fault.name ? fault.since : undefined
  }
}
