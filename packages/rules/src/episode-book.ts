import { assertNever, type IncidentEvent } from '@lifeline/contracts'
import { type BoundRule, type BoundRules, onLogClock } from './bound-rules.ts'
import { begin, type DeviceState, forget } from './device-state.ts'
import { type Change, type Episode, episodeOf, judge, pass } from './episode.ts'
import { incidentEvent, incidentIdOf, inTrueTime } from './incident-event.ts'
import type { Verdict } from './rule.ts'
import { parentOf, type SharedCauses } from './shared-cause.ts'

/** Over longer ago than this when first told, an incident is history: recorded, but it pages nobody. */
const lateMs = 120_000

/** No two episodes of a rule on a device open at the same moment, whatever its clock does. */
function nextOpening(state: DeviceState, key: string, at: number): number {
  const last = state.openings[key]
  const openedAt = last !== undefined && Math.abs(last - at) < 1 ? last + 1 : at
  state.openings[key] = openedAt
  return openedAt
}

/** Keeps the devices' episodes and tells what becomes of them. */
export class EpisodeBook {
  /** The log's time, ms. */
  logNow = 0
  /** What may befall several machines at once, as it has lately. */
  causes: SharedCauses = {}
  #told: IncidentEvent[] = []

  /** What was told since the last call, in order. */
  takeTold(): IncidentEvent[] {
    const told = this.#told
    this.#told = []
    return told
  }

  /** Takes a verdict into the rule's episode; what was over before `now` is told first. */
  judge(state: DeviceState, bound: BoundRule, verdict: Verdict, now: number): void {
    const { key } = bound
    this.letPass(state, bound, now)
    const before = episodeOf(state.episodes, key)
    const episode = judge(before, key, verdict, now)
    if (episode !== before) {
      if (before !== undefined) forget(state, before)
      if (episode !== undefined) begin(state, episode)
    }
    if (verdict && episode !== undefined)
      this.#change(state, bound, episode, pass(episode, now, bound.rejoinMs, true), now)
  }

  /** Lets time go by for a rule's episode without a word from the device. */
  letPass(state: DeviceState, bound: BoundRule, now: number): void {
    const episode = episodeOf(state.episodes, bound.key)
    if (episode !== undefined) this.#change(state, bound, episode, pass(episode, now, bound.rejoinMs, false), now)
  }

  #change(state: DeviceState, bound: BoundRule, episode: Episode, change: Change | undefined, now: number): void {
    const { opened } = episode
    if (change === undefined || opened === null) return
    if (change === 'opened') {
      opened.trueAt = nextOpening(state, bound.key, inTrueTime(state, bound.key, opened.at))
      opened.incidentId = incidentIdOf(state, bound.key, opened.trueAt)
      const parentId = parentOf(this.causes, bound.rule.name, state, opened.incidentId, opened.trueAt)
      if (parentId !== undefined) opened.parentId = parentId
    }
    const heldBack = state.catchingUp && !onLogClock(bound.key)
    switch (change) {
      case 'opened':
        if (!heldBack) this.#tell('incident.opened', state, bound, episode, now)
        return
      case 'updated':
        if (opened.revision > 0) this.#tell('incident.updated', state, bound, episode, now)
        return
      case 'cleared':
        forget(state, episode)
        if (opened.revision === 0) this.#tell('incident.opened', state, bound, episode, now)
        this.#tell('incident.cleared', state, bound, episode, now)
        return
      default:
        assertNever(change)
    }
  }

  /** The device is live again, or its backlog has stopped: what it opened and did not end is told now. */
  tellHeldBack(state: DeviceState, rules: BoundRules, now: number): void {
    for (const episode of state.episodes) {
      const { key } = episode
      const rule = rules.byKey(key)
      if (rule === undefined || onLogClock(key) || episode.opened === null || episode.opened.revision > 0) continue
      this.#tell('incident.opened', state, rule, episode, now)
      if (episode.endedAt === null) continue
      forget(state, episode)
      this.#tell('incident.cleared', state, rule, episode, now)
    }
  }

  #tell(type: IncidentEvent['type'], state: DeviceState, bound: BoundRule, episode: Episode, now: number): void {
    const { opened, endedAt, finding } = episode
    if (opened === null) return
    if (opened.revision === 0 && endedAt !== null) {
      opened.late = this.logNow - inTrueTime(state, bound.key, endedAt) > lateMs
    }
    this.#told.push(
      incidentEvent(type, opened, endedAt === null ? finding : opened.peak, {
        state,
        bound,
        since: episode.since,
        ...(endedAt === null ? {} : { clearedAt: endedAt }),
        toldAt: this.logNow,
        now,
      }),
    )
  }
}
