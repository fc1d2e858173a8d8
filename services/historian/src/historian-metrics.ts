import type { WriteObserver } from '@lifeline/history'
import { Counter, Gauge, Histogram, type Registry } from '@lifeline/service-kit'
import type { RecordCounts } from './decode-message.ts'

/**
 * The historian's counts. At any time committed (gateways) = stored + unstorable (of all historians) + pending (of any
 * one, since it is the log's), and pending ends at 0.
 */
export class HistorianMetrics {
  readonly #stored: Counter
  readonly #unstorable: Counter
  readonly #writes: Histogram

  /** @param pending device records in the log that are not dealt with yet */
  constructor(registry: Registry, pending: () => Promise<number>) {
    const registers = [registry]
    this.#stored = new Counter({
      name: 'lifeline_frames_stored_total',
      help: 'Frames and events stored in InfluxDB; status words are only counted.',
      labelNames: ['type'],
      registers,
    })
    this.#unstorable = new Counter({
      name: 'lifeline_frames_unstorable_total',
      help: 'Records of the log that InfluxDB does not take, stored in QUARANTINE.',
      registers,
    })
    new Gauge({
      name: 'lifeline_frames_pending',
      help: 'Frames, events and status words in the log, not stored yet. Of the whole log, so that each of several historians says the same: take it once. What is not in its own hands is estimated from the messages.',
      registers,
      async collect() {
        this.set(await pending())
      },
    })
    this.#writes = new Histogram({
      name: 'lifeline_influx_write_seconds',
      help: 'Requests to write to InfluxDB, by what it answered.',
      labelNames: ['outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    })
  }

  readonly answered: WriteObserver['answered'] = (outcome, seconds) => this.#writes.observe({ outcome }, seconds)

  /** A message is dealt with: `counts` says what was stored of it. */
  settled(counts: Readonly<RecordCounts>, unstorable: number): void {
    for (const [type, count] of Object.entries(counts)) if (count > 0) this.#stored.inc({ type }, count)
    if (unstorable > 0) this.#unstorable.inc(unstorable)
  }
}
