import { Counter, Gauge, Histogram, type Registry } from '@lifeline/service-kit'
import { sql } from 'kysely'
import type { Step } from './rescue/step.ts'
import type { Db } from './store/tables.ts'

/** What the desk shows of itself at `/metrics`. */
export function dispatchMetrics(registry: Registry, db: Db, listeners: () => number) {
  const registers = [registry]
  const openCases = new Gauge({
    name: 'lifeline_dispatch_open_cases',
    help: 'Cases that are not closed, without drills, by level (0: nobody assigned)',
    labelNames: ['level'],
    registers,
    async collect() {
      const rows = await db
        .selectFrom('cases')
        .select(['level', (eb) => eb.fn.countAll<number>().as('count')])
        .where('state', '<>', 'closed')
        .where(sql<boolean>`not (rescue->>'drill')::boolean`)
        .groupBy('level')
        .execute()
      this.reset()
      for (const level of [0, 1, 2, 3]) {
        this.set({ level }, Number(rows.find((row) => row.level === level)?.count ?? 0))
      }
    },
  })
  const stream = new Gauge({
    name: 'lifeline_dispatch_stream_listeners',
    help: 'Open event streams',
    registers,
    collect() {
      this.set(listeners())
    },
  })
  const steps = new Counter({
    name: 'lifeline_dispatch_timeline_entries_total',
    help: 'What happened to cases, by what',
    labelNames: ['what'],
    registers,
  })
  const escalations = new Counter({
    name: 'lifeline_dispatch_escalations_total',
    help: 'Escalations, by the desk itself or by a person, and the level they left',
    labelNames: ['by', 'from'],
    registers,
  })
  const lateness = new Histogram({
    name: 'lifeline_dispatch_deadline_lateness_seconds',
    help: 'From when a clock was due to when its step was taken',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30, 300],
    registers,
  })
  const lag = new Histogram({
    name: 'lifeline_dispatch_event_lag_seconds',
    help: 'From the stream to the desk: an incident event put there to its case committed',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 5, 60, 3600],
    registers,
  })
  const events = new Counter({
    name: 'lifeline_dispatch_events_total',
    help: 'Incident events by what became of them: taken, failed (they come again), malformed',
    labelNames: ['result'],
    registers,
  })
  return {
    openCases,
    stream,
    lateness,
    lag,
    events,
    step: ({ entries }: Step): void => {
      for (const { what, by, details } of entries) {
        steps.inc({ what })
        if (what === 'escalated') {
          escalations.inc({ by: by === 'system' ? 'desk' : 'person', from: String(details.from) })
        }
      }
    },
  }
}
