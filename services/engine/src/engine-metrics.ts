import type { IncidentEvent } from '@lifeline/contracts'
import { Counter, Gauge, type Registry } from '@lifeline/service-kit'
import type { ShadowFinding } from './shadow-run.ts'

/** The engine's counts. */
export class EngineMetrics {
  readonly #incidents: Counter
  readonly #records: Counter
  readonly #shadow: Counter
  readonly #pending: Gauge
  readonly #held: Gauge
  readonly #changes: Counter

  constructor(registry: Registry) {
    const registers = [registry]
    this.#incidents = new Counter({
      name: 'lifeline_incident_events_total',
      help: 'Incident events found by the rules',
      labelNames: ['kind', 'rule', 'type'],
      registers,
    })
    this.#records = new Counter({ name: 'lifeline_engine_records_total', help: 'Log records folded', registers })
    this.#shadow = new Counter({
      name: 'lifeline_shadow_incidents_total',
      help: 'Incidents that ended since this candidate is tried, by which run saw them: live, candidate or both',
      labelNames: ['kind', 'rule', 'seen_by'],
      registers,
    })
    this.#pending = new Gauge({
      name: 'lifeline_engine_pending_messages',
      help: 'Messages of the partition stored and not folded yet',
      labelNames: ['partition'],
      registers,
    })
    this.#held = new Gauge({
      name: 'lifeline_engine_partitions',
      help: 'Partitions that this engine holds',
      registers,
    })
    this.#changes = new Counter({
      name: 'lifeline_engine_lease_changes_total',
      help: 'Partitions that this engine has taken, handed over, or lost to another',
      labelNames: ['change'],
      registers,
    })
  }

  found({ type, data: { kind, rule } }: IncidentEvent): void {
    this.#incidents.inc({ kind, rule, type })
  }

  tried({ seenBy, incident: { kind, rule } }: ShadowFinding): void {
    this.#shadow.inc({ kind, rule, seen_by: seenBy })
  }

  /** Another candidate is tried: what was counted of the one before is not its own. */
  anotherCandidate(): void {
    this.#shadow.reset()
  }

  /** @param pending messages of the partition that are not folded yet */
  folded(partition: number, records: number, pending: number): void {
    this.#records.inc(records)
    this.#pending.set({ partition: String(partition) }, pending)
  }

  /** The partition is folded elsewhere from now on. */
  left(partition: number): void {
    this.#pending.remove({ partition: String(partition) })
  }

  /** @param held partitions after it */
  leaseChanged(change: string, held: number): void {
    this.#changes.inc({ change })
    this.#held.set(held)
  }
}
