import type { Frame, LoggedEvent } from '@lifeline/contracts'
import { type Implausible, implausibleFields, withoutFields } from './all/plausible-range.ts'
import { judgeImplausible } from './all/sensor-implausible.ts'
import type { BoundRules, FrameRule } from './bound-rules.ts'
import { activate, type DeviceState, deactivate } from './device-state.ts'
import { type Episode, episodeOf } from './episode.ts'
import type { EpisodeBook } from './episode-book.ts'
import { type Memory, remember } from './memory.ts'
import { reportedFinding, saysSomething } from './reported-condition.ts'
import type { Circumstances, Verdict } from './rule.ts'

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
    sincePrevious: Number.POSITIVE_INFINITY,
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
    const { frame: previous } = state
    const implausible = implausibleFields(rules.kind, sent)
    let frame = withoutImplausible(sent, implausible)
    if (implausible !== undefined || episodeOf(state.episodes, rules.implausible.key) !== undefined) {
      this.#book.judge(state, rules.implausible, judgeImplausible(implausible), time)
    }
    const { stuck } = rules
    if (stuck !== undefined) {
      const episode = episodeOf(state.episodes, stuck.key)
      this.#regard(state, frame)
      const verdict = this.#ask(stuck, frame, episode)
      if (verdict || episode !== undefined) this.#book.judge(state, stuck, verdict, time)
      if (verdict) frame = withoutFields(frame, [String(verdict.measured.field)])
    }
    if (previous !== null && (state.base === null || time - state.baseTime >= 2 * baseMs)) {
      state.base = previous
      state.baseTime = state.frameTime
    }
    this.judge(state, rules, frame, time)
    state.frame = frame
    state.frameTime = time
  }

  /**
   * Judges a frame by the rules.
   * @param now device time of the judgement
   * @param ended code of the controller's event that has just ended, which is why they are asked
   */
  judge(state: DeviceState, rules: BoundRules, frame: Frame, now: number, ended?: string): void {
    const { active } = state
    const told = saysSomething(frame, active)
    this.#regard(state, frame)
    for (const rule of rules.frame) {
      const { episodes } = state
      const episode = episodeOf(episodes, rule.key)
      const reported = told && rule.reports !== undefined ? reportedFinding(frame, active, rule.reports) : undefined
      const yields =
        rule.yieldsTo !== undefined && episodes.length > 0 && episodeOf(episodes, rule.yieldsTo)?.endedAt === null
      let verdict = reported ?? (yields ? false : this.#ask(rule, frame, episode))
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
    for (const one of ended) deactivate(state, one)
    if (active) activate(state, code, time)
    const now = state.lastTime
    for (const one of ended.length > 0 ? ended : [undefined]) {
      this.judge(state, rules, state.frame ?? { time: now }, now, one)
    }
  }

  /** What a frame that comes too late to be judged in its turn shows at once: an alarm is not lost to disorder. */
  judgeLate(state: DeviceState, rules: BoundRules, frame: Frame): void {
    const sound = withoutImplausible(frame, implausibleFields(rules.kind, frame))
    this.#regard(state, sound)
    for (const rule of rules.frame) {
      if (episodeOf(state.episodes, rule.key) !== undefined) continue
      const reported = rule.reports === undefined ? undefined : reportedFinding(frame, {}, rule.reports)
      const verdict = reported ?? (rule.memory !== undefined ? undefined : this.#ask(rule, sound, undefined))
      if (!verdict || verdict.holdMs > 0) continue
      this.#book.judge(state, rule, verdict, frame.time)
      this.#book.judge(state, rule, false, state.lastTime)
    }
  }

  /** What is the same for all rules of a frame. */
  #regard(state: DeviceState, frame: Frame): void {
    const circumstances = this.#circumstances
    circumstances.active = state.active
    circumstances.previous = state.frame
    circumstances.sincePrevious = state.frame === null ? Number.POSITIVE_INFINITY : frame.time - state.frameTime
    circumstances.base = state.base
    circumstances.logNow = this.#book.logNow
    remember(state.memory)
  }

  #ask(rule: FrameRule, frame: Frame, episode: Episode | undefined): Verdict {
    const circumstances = this.#circumstances
    circumstances.holding = episode !== undefined && episode.endedAt === null
    circumstances.opened = circumstances.holding && episode?.opened !== null
    circumstances.memory = rule.memory ?? noMemory
    return rule.judge(frame, circumstances)
  }
}

/** The frame as far as its sensors can mean it. */
const withoutImplausible = (frame: Frame, implausible: readonly Implausible[] | undefined): Frame =>
  implausible === undefined
    ? frame
    : withoutFields(
        frame,
        implausible.map(({ field }) => field),
      )
