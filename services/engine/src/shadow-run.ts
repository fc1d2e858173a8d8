import type { Incident, IncidentEvent, LogRecord } from '@lifeline/contracts'
import { type CandidateSettings, type PartitionFold, withCandidate } from '@lifeline/rules'

/** With the settings in force, or with the candidate's. */
export type Run = 'live' | 'candidate'

/** An incident that both runs saw, or only one of them. */
export interface ShadowFinding {
  readonly seenBy: Run | 'both'
  readonly incident: Incident
}

interface Seen {
  incident: Incident
  /** The other run had it open at the same time. */
  met: boolean
}

/**
 * Folds a partition's log a second time with a candidate's settings, and compares what becomes of it with the live
 * run: what an incident's end finds that the other run never had open, only one has seen. Nothing of it is published
 * as an incident.
 */
export class ShadowRun {
  readonly #candidate: CandidateSettings
  readonly #fold: PartitionFold
  readonly #open: Record<Run, Map<string, Seen>> = { live: new Map(), candidate: new Map() }

  /** @param live where the live run stands now */
  constructor(live: PartitionFold, candidate: CandidateSettings) {
    this.#candidate = candidate
    this.#fold = live.trying(candidate)
  }

  /**
   * Takes the records that the live run has taken, and what that has made of them.
   * @returns what has become certain
   */
  apply(records: readonly LogRecord[], live: readonly IncidentEvent[]): ShadowFinding[] {
    const candidate = this.#fold.apply(records.map((record) => withCandidate(record, this.#candidate)))
    // All openings come before all ends, so that what both see in the same records meets.
    const opened = (event: IncidentEvent): boolean => event.type !== 'incident.cleared'
    for (const event of live.filter(opened)) this.#opened('live', event.data)
    for (const event of candidate.filter(opened)) this.#opened('candidate', event.data)
    return [
      ...live.filter((event) => !opened(event)).flatMap((event) => this.#cleared('live', event.data)),
      ...candidate.filter((event) => !opened(event)).flatMap((event) => this.#cleared('candidate', event.data)),
    ]
  }

  #opened(run: Run, incident: Incident): void {
    const key = `${incident.deviceId} ${incident.rule}`
    const other = this.#open[run === 'live' ? 'candidate' : 'live'].get(key)
    const known = this.#open[run].get(key)
    if (known === undefined) this.#open[run].set(key, { incident, met: other !== undefined })
    else known.incident = incident
    if (other !== undefined) other.met = true
  }

  #cleared(run: Run, incident: Incident): ShadowFinding[] {
    const key = `${incident.deviceId} ${incident.rule}`
    const seen = this.#open[run].get(key)
    this.#open[run].delete(key)
    // It was open when the trial began.
    if (seen === undefined) return []
    if (!seen.met) return [{ seenBy: run, incident }]
    return run === 'live' ? [{ seenBy: 'both', incident }] : []
  }
}
