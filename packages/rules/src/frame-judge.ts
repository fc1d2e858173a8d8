import type { Frame, LoggedEvent } from '@lifeline/contracts'
import { implausibleFields, withoutFields } from './all/plausible-range.ts'
import { judgeImplausible } from './all/sensor-implausible.ts'
import type { BoundRules, FrameRule } from './bound-rules.ts'
import type { DeviceState } from './device-state.ts'
import type { Episode } from './episode.ts'
import type { EpisodeBook } from './episode-book.ts'
import { reportedFinding, saysSomething } from './reported-condition.ts'
import type { Circumstances, Memory, Verdict } from './rule.ts'

/** Age at which a frame is one to derive rates from, ms. */
const baseMs = 1_000

/** For rules that remember nothing. */
const noMemory: Memory = Object.freeze({})

type Changing<T> = { -readonly [K in keyof T]: T[K] }

/** Asks a device's rules about its frames. */
export class FrameJudge {
  readonly #book: EpisodeBook
  /** One for all rules of all frames: this is the engine's hottest place. */
  readonly #circumstances: Changing<Circumstances> = {
    active: {},
    previous: null,
    base: null,
    holding: false,
    opened: false,
    memory: noMemory,
    logNow: 0,
  }

  constructor(book: EpisodeBook) {
    this.#book = book
  }

  /** Takes a frame as the device's newest: sorts out what its sensors cannot mean, and judges the rest. */
  take(state: DeviceState, rules: BoundRules, sent: Frame): void {
    const { time } = sent
    const implausible = implausibleFields(state.equipment.kind, sent)
    let frame =
      implausible === undefined
        ? sent
        : withoutFields(
            sent,
            implausible.map(({ field }) => field),
          )
    if (implausible !== undefined || state.episodes.sensor_implausible !== undefined) {
      this.#book.judge(state, rules.implausible, judgeImplausible(implausible), time)
    }
    if (rules.stuck !== undefined) {
      const verdict = this.#ask(state, rules.stuck, frame, state.episodes.sensor_stuck)
      if (verdict || state.episodes.sensor_stuck !== undefined) this.#book.judge(state, rules.stuck, verdict, time)
      if (verdict) frame = withoutFields(frame, [String(verdict.measured.field)])
    }
    const { base, frame: previous } = state
    if (previous !== null && (base === null || time - base.time >= 2 * baseMs)) state.base = previous
    this.judge(state, rules, frame, time)
    state.frame = frame
  }

  /**
   * Judges a frame by the rules.
   * @param now device time of the judgement
   * @param ended code of the controller's event that has just ended, which is why they are asked
   */
  judge(state: DeviceState, rules: BoundRules, frame: Frame, now: number, ended?: string): void {
    const { episodes, active } = state
    const told = saysSomething(frame, active)
    for (const rule of rules.frame) {
      const episode = episodes[rule.key]
      const yields = rule.yieldsTo !== undefined && episodes[rule.yieldsTo]?.endedAt === null
      const reported = told && rule.reports !== undefined ? reportedFinding(frame, active, rule.reports) : undefined
      let verdict = reported ?? (yields ? false : this.#ask(state, rule, frame, episode))
      if (episode === undefined) {
        if (!verdict) continue
      } else if (verdict === undefined && episode.finding.reported !== undefined) {
        // What the controller has said ends when it says so, where nothing else tells.
        if (ended === episode.finding.reported || frame.faults !== undefined) verdict = false
      }
      this.#book.judge(state, rule, verdict, now)
    }
  }

  /** Takes what the controller says into a device's state, and judges by the frame before. */
  takeEvent(state: DeviceState, rules: BoundRules, { code, active, time }: LoggedEvent): void {
    const ended = active ? [] : [code]
    if (active && code.startsWith('mode_')) {
      for (const mode in state.active) if (mode.startsWith('mode_') && mode !== code) ended.push(mode)
    }
    for (const one of ended) delete state.active[one]
    if (active) state.active[code] ??= time
    const now = state.clock.lastTime
    for (const one of ended.length > 0 ? ended : [undefined]) {
      this.judge(state, rules, state.frame ?? { time: now }, now, one)
    }
  }

  /** What a frame that comes too late to be judged in its turn shows at once: an alarm is not lost to disorder. */
  judgeLate(state: DeviceState, rules: BoundRules, frame: Frame): void {
    const implausible = implausibleFields(state.equipment.kind, frame)
    const sound =
      implausible === undefined
        ? frame
        : withoutFields(
            frame,
            implausible.map(({ field }) => field),
          )
    for (const rule of rules.frame) {
      if (state.episodes[rule.key] !== undefined) continue
      const reported = rule.reports === undefined ? undefined : reportedFinding(frame, {}, rule.reports)
      const verdict = reported ?? (rule.remembers ? undefined : this.#ask(state, rule, sound, undefined))
      if (!verdict || verdict.holdMs > 0) continue
      this.#book.judge(state, rule, verdict, frame.time)
      this.#book.judge(state, rule, false, state.clock.lastTime)
    }
  }

  #ask(state: DeviceState, rule: FrameRule, frame: Frame, episode: Episode | undefined): Verdict {
    const circumstances = this.#circumstances
    circumstances.active = state.active
    circumstances.previous = state.frame
    circumstances.base = state.base
    circumstances.logNow = this.#book.logNow
    circumstances.holding = episode !== undefined && episode.endedAt === null
    circumstances.opened = circumstances.holding && episode?.opened !== null
    circumstances.memory = rule.remembers ? memoryOf(state, rule.key) : noMemory
    return rule.judge(frame, circumstances)
  }
}

function memoryOf(state: DeviceState, key: string): Memory {
  const known = state.memory[key]
  if (known !== undefined) return known
  const memory: Memory = {}
  state.memory[key] = memory
  return memory
}
