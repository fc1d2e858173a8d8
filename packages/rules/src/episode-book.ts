import { assertNever, type IncidentEvent } from '@lifeline/contracts'
import type { BoundRule, BoundRules } from './bound-rules.ts'
import type { DeviceState } from './device-state.ts'
import { type Change, type Episode, judge, pass } from './episode.ts'
import { incidentEvent, incidentIdOf, inTrueTime } from './incident-event.ts'
import type { Verdict } from './rule.ts'

/** Over longer ago than this when first told, an incident is history: recorded, but it pages nobody. */
const lateMs = 120_000

/** Keeps the devices' episodes and tells what becomes of them. */
export class EpisodeBook {
  /** The log's time, ms. */
  logNow = 0
  #told: IncidentEvent[] = []

  /** What was told since the last call, in order. */
  takeTold(): IncidentEvent[] {
    const told = this.#told
    this.#told = []
    return told
  }

  /** Takes a verdict into the rule's episode; what was over before `now` is told first. */
  judge(state: DeviceState, bound: BoundRule, verdict: Verdict, now: number): void {
    const { name } = bound.rule
    this.letPass(state, bound, now)
    const episode = judge(state.episodes[name], verdict, now)
    if (episode === undefined) {
      delete state.episodes[name]
      return
    }
    state.episodes[name] = episode
    if (verdict) this.#change(state, bound, episode, pass(episode, now, bound.rejoinMs, true), now)
  }

  /** Lets time go by for a rule's episode without a word from the device. */
  letPass(state: DeviceState, bound: BoundRule, now: number): void {
    const episode = state.episodes[bound.rule.name]
    if (episode !== undefined) this.#change(state, bound, episode, pass(episode, now, bound.rejoinMs, false), now)
  }

  #change(state: DeviceState, bound: BoundRule, episode: Episode, change: Change | undefined, now: number): void {
    const { opened } = episode
    if (change === undefined || opened === null) return
    if (change === 'opened') opened.incidentId = incidentIdOf(state, bound.rule, opened.at)
    const heldBack = state.clock.catchingUp && bound.rule.clock !== 'log'
    switch (change) {
      case 'opened':
        if (!heldBack) this.#tell('incident.opened', state, bound, episode, now)
        return
      case 'updated':
        if (opened.revision > 0) this.#tell('incident.updated', state, bound, episode, now)
        return
      case 'cleared':
        delete state.episodes[bound.rule.name]
        if (opened.revision === 0) this.#tell('incident.opened', state, bound, episode, now)
        this.#tell('incident.cleared', state, bound, episode, now)
        return
      default:
        assertNever(change)
    }
  }

  /** The device is live again, or its backlog has stopped: what it opened and did not end is told now. */
  tellHeldBack(state: DeviceState, rules: BoundRules, now: number): void {
    for (const rule of rules.deviceTimed) {
      const episode = state.episodes[rule.rule.name]
      if (episode === undefined || episode.opened === null || episode.opened.revision > 0) continue
      this.#tell('incident.opened', state, rule, episode, now)
      if (episode.endedAt === null) continue
      delete state.episodes[rule.rule.name]
      this.#tell('incident.cleared', state, rule, episode, now)
    }
  }

  #tell(type: IncidentEvent['type'], state: DeviceState, bound: BoundRule, episode: Episode, now: number): void {
    const { opened, endedAt, finding } = episode
    if (opened === null) return
    if (opened.revision === 0 && endedAt !== null) {
      opened.late = this.logNow - inTrueTime(state, bound.rule, endedAt) > lateMs
    }
    this.#told.push(
      incidentEvent(type, opened, endedAt === null ? finding : opened.peak, {
        state,
        rule: bound.rule,
        since: episode.since,
        ...(endedAt === null ? {} : { clearedAt: endedAt }),
        toldAt: this.logNow,
        now,
      }),
    )
  }
}
