import { connectBus, mirrorBucket, openSnapshotStore, openStreams } from '@lifeline/bus'
import { buckets, shadowKey, shadowSubject } from '@lifeline/contracts'
import { CandidateError, readCandidate } from '@lifeline/rules'
import { Counter, Gauge, runService, serviceConfigSchema } from '@lifeline/service-kit'
import { z } from 'zod'
import { answerPresence } from './answer-presence.ts'
import { PartitionRunner } from './partition-runner.ts'

const configSchema = serviceConfigSchema.extend({
  /** How much of the log a restart has to replay at most, in time. */
  SNAPSHOT_SECONDS: z.coerce.number().positive().default(10),
  /** The gateway writes ticks into every partition; after so many without one it is not there. */
  STALLED_SECONDS: z.coerce.number().positive().default(10),
})

await runService('engine', configSchema, async ({ config, logger, health, metrics }) => {
  const incidents = new Counter({
    name: 'lifeline_incident_events_total',
    help: 'Incident events found by the rules',
    labelNames: ['kind', 'rule', 'type'],
    registers: [metrics],
  })
  const records = new Counter({
    name: 'lifeline_engine_records_total',
    help: 'Log records folded',
    registers: [metrics],
  })
  const shadow = new Counter({
    name: 'lifeline_shadow_incidents_total',
    help: 'Incidents that ended while a candidate was tried, by which run saw them: live, candidate or both',
    labelNames: ['kind', 'rule', 'seen_by'],
    registers: [metrics],
  })
  const pending = new Gauge({
    name: 'lifeline_engine_pending_messages',
    help: 'Messages of the partition stored and not folded yet',
    labelNames: ['partition'],
    registers: [metrics],
  })

  const bus = await connectBus(config.NATS_URL, 'engine', (reason) => health.report('nats', reason))
  await openStreams(bus.connection, config.PARTITIONS)
  const snapshots = await openSnapshotStore(bus)
  const runners = Array.from(
    { length: config.PARTITIONS },
    (_, partition) =>
      new PartitionRunner({
        bus,
        partition,
        snapshots,
        snapshotEveryMs: config.SNAPSHOT_SECONDS * 1000,
        onIncidents: (events) => {
          for (const { type, data } of events) {
            incidents.inc({ kind: data.kind, rule: data.rule, type })
            const { incidentId, severity } = data
            logger.info({ incidentId, severity, type }, 'incident')
          }
        },
        onShadow: (findings) => {
          for (const { seenBy, incident } of findings) {
            const { kind, rule, deviceId } = incident
            shadow.inc({ kind, rule, seen_by: seenBy })
            if (seenBy === 'both') continue
            logger.info({ seenBy, incidentId: incident.incidentId }, 'the candidate differs')
            bus.connection.publish(shadowSubject(kind, rule, deviceId), JSON.stringify({ seenBy, incident }))
          }
        },
        onRetry: (error) => logger.warn({ err: error, partition }, 'trying again'),
        onProgress: (count, left) => {
          records.inc(count)
          pending.set({ partition: String(partition) }, left)
        },
      }),
  )
  await Promise.all(runners.map((runner) => runner.start()))
  const ending = new AbortController()
  const tryOut = (value: unknown): void => {
    try {
      for (const runner of runners) runner.try(readCandidate(value ?? {}))
    } catch (error) {
      if (!(error instanceof CandidateError)) throw error
      logger.error({ err: error }, 'no candidate that can be tried')
    }
  }
  await mirrorBucket<unknown>(bus, buckets.shadow, (key, value) => key === shadowKey && tryOut(value), ending.signal)
  for (const [partition, runner] of runners.entries()) answerPresence(bus, partition, () => runner.fold)

  // Silence of the log is no device's silence: nothing is judged meanwhile, and that must be seen.
  const watching = setInterval(() => {
    const stalled = runners.flatMap(({ silentMs }, partition) =>
      silentMs > config.STALLED_SECONDS * 1000 ? [partition] : [],
    )
    const partitions = stalled.join(', ')
    health.report(
      'log',
      stalled.length === 0 ? undefined : `nothing comes from partition ${partitions}; no rule is judged there`,
    )
  }, 1_000)

  return async () => {
    clearInterval(watching)
    ending.abort()
    await Promise.all(runners.map((runner) => runner.stop()))
    await bus.close()
  }
})
