import { type Incident, severities } from '@lifeline/contracts'
import type { Finding, Verdict } from './rule.ts'

/** One stretch of a rule's condition on one device, from its first moment to its end. All times device clock, ms. */
export interface Episode {
  /** Of the bound rule. */
  readonly key: string
  /** The condition began. */
  since: number
  /** It was seen to hold last. */
  seenAt: number
  /** What was found last. */
  finding: Finding
  /** What came last does not tell whether it still holds: until something does, it cannot become an incident. */
  blind: boolean
  /** Ended then; back within the rejoin time it goes on. */
  endedAt: number | null
  /** Lasted long enough to be an incident. */
  opened: OpenedEpisode | null
}

export interface OpenedEpisode {
  at: number
  severity: Incident['severity']
  lifeSafety: boolean
  confidence: Incident['confidence']
  /** Worst that was found. */
  peak: Finding
  /** Milder than `severity` since then. */
  milderSince: number | null
  /** Graver than `severity` since then; absent where it is not. */
  graverSince?: number | undefined
  /** Revisions told so far; 0 while it is held back because the device is catching up. */
  revision: number
  incidentId: string
  /** `at` in true time as it was known then: it does not move with the clock's estimate. */
  trueAt: number
  /** The incident of a shared cause that it belongs to. */
  parentId?: string
  /** It was over for long when it was first told. */
  late: boolean
}

/** Waits shorter than this are for noise, longer ones for what may still pass. */
const longHoldMs = 5_000
const leastSeenMs = 2_000
/** One noisy reading stands in silence once the next frame of a machine in motion is overdue (an interval of 2 s). */
const onceSeenMs = 2_400

/** What became of an episode. */
export type Change = 'opened' | 'updated' | 'cleared'

/** Without a frame, so much more than the hold time must pass: the frame that ends it may be under way. */
export const graceMs = 250

const rank = (severity: Incident['severity']): number => severities.indexOf(severity)

/** A bound rule's episode among those of a device: hardly ever are there more than three. */
export function episodeOf(episodes: readonly Episode[], key: string): Episode | undefined {
  for (const episode of episodes) if (episode.key === key) return episode
  return undefined
}

/** Takes in a verdict at device time `now`. `undefined` leaves everything as it is. */
export function judge(episode: Episode | undefined, key: string, verdict: Verdict, now: number): Episode | undefined {
  if (verdict === undefined) {
    if (episode !== undefined) episode.blind = true
    return episode
  }
  if (verdict === false) {
    if (episode === undefined || episode.opened === null) return undefined
    episode.endedAt ??= now
    return episode
  }
  if (episode === undefined)
    return { key, since: now, seenAt: now, finding: verdict, blind: false, endedAt: null, opened: null }
  episode.finding = verdict
  episode.seenAt = now
  episode.blind = false
  episode.endedAt = null
  return episode
}

/**
 * Lets time pass to `now`: says whether the episode opens, changes or is over. Never more than one change at a time.
 * @param seen the condition was just seen to hold at `now`; else only time went by
 */
export function pass(episode: Episode, now: number, rejoinMs: number, seen: boolean): Change | undefined {
  const { opened, finding, endedAt } = episode
  if (opened === null) {
    if (
      !seen &&
      (episode.blind || tooLittleSeen(episode) || now - episode.since < silentHoldMs(episode, episode.since))
    ) {
      return undefined
    }
    if (now - episode.since < finding.holdMs) return undefined
    episode.opened = {
      at: episode.since + finding.holdMs,
      severity: finding.severity,
      lifeSafety: finding.lifeSafety,
      confidence: finding.confidence,
      peak: finding,
      milderSince: null,
      revision: 0,
      incidentId: '',
      trueAt: 0,
      late: false,
    }
    return 'opened'
  }
  if (endedAt !== null) return now - endedAt >= rejoinMs ? 'cleared' : undefined
  return severityMoves(episode, opened, now, rejoinMs, seen) ? 'updated' : undefined
}

/** A long wait does not run out in silence on the word of a moment: what was seen must itself have lasted. */
const tooLittleSeen = ({ finding, since, seenAt }: Episode): boolean =>
  (finding.doubtful ?? finding.holdMs >= longHoldMs) && seenAt - since < leastSeenMs

/**
 * How long a condition that is told in silence must have lasted, ms: the frame that ends it may have been lost.
 * @param since it began
 */
function silentHoldMs({ finding: { holdMs }, seenAt }: Episode, since: number): number {
  const once = seenAt === since && holdMs > 0 && holdMs < longHoldMs
  return Math.max(holdMs + graceMs, once ? onceSeenMs : 0)
}

function severityMoves(episode: Episode, opened: OpenedEpisode, now: number, rejoinMs: number, seen: boolean): boolean {
  const { finding } = episode
  const change = rank(finding.severity) - rank(opened.severity)
  if (change >= 0) opened.milderSince = null
  if (change > 0) {
    // A graver level must last as long as the incident itself had to.
    opened.graverSince ??= episode.seenAt
    const lasted = now - opened.graverSince
    if (lasted < finding.holdMs) return false
    if (!seen && (episode.blind || lasted < silentHoldMs(episode, opened.graverSince))) return false
  }
  opened.graverSince = undefined
  if (rank(finding.severity) >= rank(opened.peak.severity)) opened.peak = finding
  // What was once confirmed or a danger to life stays so for the whole episode.
  const confirmed = finding.confidence === 'confirmed' && opened.confidence === 'suspected'
  const endangers = finding.lifeSafety && !opened.lifeSafety
  if (confirmed) opened.confidence = 'confirmed'
  if (endangers) opened.lifeSafety = true
  if (change < 0) {
    opened.milderSince ??= now
    if (now - opened.milderSince < rejoinMs) return confirmed || endangers
    opened.milderSince = null
  }
  opened.severity = finding.severity
  return change !== 0 || confirmed || endangers
}
