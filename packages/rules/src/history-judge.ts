import type { BoundRules } from './bound-rules.ts'
import { activate, type DeviceState, newBacklog } from './device-state.ts'
import { episodeOf } from './episode.ts'
import type { EpisodeBook } from './episode-book.ts'
import type { FrameJudge } from './frame-judge.ts'

/** A backlog that stops for so long has told all it had, ms. */
export const historyIdleMs = 5_000

/** Judges what comes from an outage beside live frames, in a state of its own. */
export class HistoryJudge {
  readonly #book: EpisodeBook
  readonly #judge: FrameJudge

  constructor(book: EpisodeBook, judge: FrameJudge) {
    this.#book = book
    this.#judge = judge
  }

  /** The state in which a device's backlog is judged; undefined for what it has already had. */
  place(state: DeviceState, time: number, receivedAt: number): DeviceState | undefined {
    state.backlog ??= newBacklog(state)
    const { backlog } = state
    if (time < backlog.lastTime) return undefined
    backlog.lastTime = time
    backlog.lastReceivedAt = receivedAt
    return backlog
  }

  /** Takes the events that turned out to be history. */
  takeEvents(state: DeviceState, rules: BoundRules, receivedAt: number): void {
    for (const event of state.asideEvents ?? []) {
      const backlog = this.place(state, Math.max(event.time, state.backlog?.lastTime ?? 0), receivedAt)
      if (backlog !== undefined) this.#judge.takeEvent(backlog, rules, event)
    }
    state.asideEvents = null
  }

  /** Tells what a backlog has shown, up to where it stopped or live frames took over; what it leaves active is so still. */
  end(state: DeviceState, backlog: DeviceState, rules: BoundRules): void {
    state.backlog = null
    const { lastTime } = backlog
    for (const code in backlog.active) {
      if (state.active[code] !== undefined) continue
      activate(state, code, backlog.active[code] as number)
      this.#judge.judge(state, rules, state.frame ?? { time: lastTime }, state.lastTime)
    }
    backlog.episodes = backlog.episodes.filter((episode) => {
      if (episode.endedAt !== null) return true
      const live = episodeOf(state.episodes, episode.key)
      const { reported } = episode.finding
      const lasts = reported !== undefined && backlog.active[reported] !== undefined
      // It went on in the live frames: that is one episode, and theirs.
      if (lasts || (live !== undefined && live.since - lastTime <= historyIdleMs)) return false
      episode.endedAt = lastTime
      return true
    })
    this.#book.tellHeldBack(backlog, rules, lastTime)
  }
}
