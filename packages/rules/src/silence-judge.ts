import { unreadableEveryMs } from '@lifeline/contracts'
import { judgeClockSkew } from './all/clock-skew.ts'
import { judgeOffline } from './all/offline.ts'
import { judgeUnreadable } from './all/unreadable-data.ts'
import type { BoundRules } from './bound-rules.ts'
import type { DeviceState } from './device-state.ts'
import { episodeOf } from './episode.ts'
import type { EpisodeBook } from './episode-book.ts'

/**
 * Judges what shows on the log's clock, with or without a frame: silence, rubbish, and a clock that is wrong.
 * @param listeningMs the time that the log was listening
 * @param changing called before the state changes
 */
export function judgeSilence(
  book: EpisodeBook,
  state: DeviceState,
  rules: BoundRules,
  listeningMs: number,
  changing: (state: DeviceState) => void,
): void {
  const { offline, unreadable, clockSkew } = rules
  const { episodes, heardAt, willAt } = state
  // That more rubbish came is told only so often.
  const untoldMs = state.unreadable === null ? 0 : unreadableEveryMs
  const silence = {
    silentMs: Math.max(0, listeningMs - heardAt - untoldMs),
    ...(Number.isNaN(willAt) ? {} : { sinceWillMs: listeningMs - willAt }),
  }
  const silent = judgeOffline(silence, rules.reportInterval, offline.settings)
  const skewed = judgeClockSkew(state, clockSkew.settings)
  if (silent !== false || skewed || state.unreadable !== null) changing(state)
  if (silent !== false || episodeOf(episodes, offline.key) !== undefined)
    book.judge(state, offline, silent, book.logNow)
  if (state.unreadable !== null || episodeOf(episodes, unreadable.key) !== undefined) {
    const rubbish = judgeUnreadable(state.unreadable, silent !== false, unreadable.settings)
    book.judge(state, unreadable, rubbish, book.logNow)
  }
  if (skewed || episodeOf(episodes, clockSkew.key) !== undefined) book.judge(state, clockSkew, skewed, book.logNow)
}
