import type { RescueCase } from '@lifeline/contracts'
import { rescuePlan } from '../rescue-world/rescue-plan.ts'
import type { DeskPair } from './desk-pair.ts'
import type { NightCase } from './night-plan.ts'

export interface DispatcherOptions {
  readonly pair: DeskPair
  readonly seed: number
  /** ms of the clock for a second of the night. */
  readonly pace: number
  readonly planOf: (deviceId: string) => NightCase | undefined
}

/** s of the night that a dispatcher takes for what is not urgent. */
const ponder = 20
/** s that a case lies where it is overlooked. */
const overlook = 90

/** What the control room does by hand: takes and closes cases, calls back, calls 119 and 120, and speaks for fire. */
export class NightDispatcher {
  /** Answers that a dispatcher should not get. */
  readonly refused: string[] = []
  readonly #options: DispatcherOptions
  readonly #done = new Set<string>()

  constructor(options: DispatcherOptions) {
    this.#options = options
  }

  /** Does what a case as it is now asks for; each thing once. */
  look(rescue: RescueCase): void {
    const plan = this.#options.planOf(rescue.deviceId)
    if (plan === undefined || !rescue.lifeSafety || rescue.state === 'closed') return
    const { id, state, level, proposals, timeline } = rescue
    const late = plan.overlooked ? overlook : 0
    if (state === 'freed') {
      const freed = Number(timeline.findLast(({ what }) => what === 'freed')?.details.freed)
      this.#do(id, 'close', ponder, { freed, injured: 0, cause: 'power' })
      return
    }
    if (plan.fate === 'false_alarm') {
      this.#do(id, 'false-alarm', late + ponder, { reason: 'nobody is in the car' })
      return
    }
    this.#do(id, 'take', late + 5, {})
    for (const { service, state: proposal } of proposals) {
      if (proposal === 'open') this.#do(id, 'decide', late + ponder, { service, confirmed: true }, service)
    }
    const nagged = timeline.filter(({ what }) => what === 'call_back_due').length
    // Now and then the desk has to be reminded twice.
    if (nagged > 0 && (nagged % 3 !== 1 || plan.trapped > 1)) {
      this.#do(id, 'call-back', ponder / 2, { reached: true }, String(nagged))
    }
    if (level === 3) this.#speakForFire(rescue)
  }

  /** Fire's crew has no link: it tells the desk by radio. */
  #speakForFire({ id, deviceId, state }: RescueCase): void {
    const { travel, onSite, freed } = rescuePlan(this.#options.seed, deviceId, 'fire-1')
    if (state === 'accepted') this.#do(id, 'arrive', travel, {})
    if (state === 'arrived') this.#do(id, 'free', onSite, { freed })
  }

  #do(id: string, action: string, after: number, body: unknown, which = ''): void {
    const key = `${id}/${action}/${which}`
    if (this.#done.has(key)) return
    this.#done.add(key)
    setTimeout(() => void this.#act(id, action, body), after * this.#options.pace)
  }

  async #act(id: string, action: string, body: unknown): Promise<void> {
    const { status, tries } = await this.#options.pair.insist('dispatcher', 'POST', `/incidents/${id}/${action}`, body)
    // A repetition of what went through, or a case that moved on meanwhile: the audit sees what it came to.
    if (status === 200 || (status === 409 && (tries > 1 || action === 'call-back' || action === 'decide'))) return
    this.refused.push(`${action} of ${id}: ${status}`)
  }
}
