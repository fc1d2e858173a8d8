import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { connectBus, type Lease, Leases, mirrorBucket, openSnapshotStore, openStreams } from '@lifeline/bus'
import { buckets, shadowKey, shadowSubject } from '@lifeline/contracts'
import { CandidateError, type CandidateSettings, readCandidate } from '@lifeline/rules'
import { runService, serviceConfigSchema } from '@lifeline/service-kit'
import { z } from 'zod'
import { answerPresence } from './answer-presence.ts'
import { EngineMetrics } from './engine-metrics.ts'
import { PartitionRunner } from './partition-runner.ts'

const configSchema = serviceConfigSchema.extend({
  /** How much of the log a restart has to replay at most, in time. */
  SNAPSHOT_SECONDS: z.coerce.number().positive().default(10),
  /** The gateway writes ticks into every partition; after so many without one it is not there. */
  STALLED_SECONDS: z.coerce.number().positive().default(10),
  /**
   * One of its own for each engine on the same NATS. An engine that comes back under its name has its partitions again
   * at once, any other has to wait until they count as left.
   */
  ENGINE_NAME: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'letters, digits, - and _')
    .default(() => `engine-${randomUUID()}`),
})

/** A partition may be without an engine for so long while it changes hands, ms. */
const handOverMs = 2_000

await runService('engine', configSchema, async ({ config, logger, health, metrics }) => {
  const counts = new EngineMetrics(metrics)
  const bus = await connectBus(config.NATS_URL, config.ENGINE_NAME, (reason) => health.report('nats', reason))
  await openStreams(bus.connection, config.PARTITIONS)
  const snapshots = await openSnapshotStore(bus)
  const runners = new Map<number, PartitionRunner>()
  /** Since when, by the monotonic clock. */
  const restoring = new Map<number, number>()

  const ending = new AbortController()
  let candidate: CandidateSettings = {}
  const tryOut = (value: unknown): void => {
    try {
      const next = readCandidate(value ?? {})
      if (isDeepStrictEqual(next, candidate)) return
      candidate = next
      counts.anotherCandidate()
      for (const runner of runners.values()) runner.try(candidate)
    } catch (error) {
      if (!(error instanceof CandidateError)) throw error
      logger.error({ err: error }, 'no candidate that can be tried')
    }
  }
  await mirrorBucket<unknown>(bus, buckets.shadow, (key, value) => key === shadowKey && tryOut(value), ending.signal)

  const begin = async (lease: Lease) => {
    const partition = lease.item
    const runner = new PartitionRunner({
      bus,
      lease,
      snapshots,
      snapshotEveryMs: config.SNAPSHOT_SECONDS * 1000,
      onIncidents: (events) => {
        for (const event of events) {
          counts.found(event)
          const { type, data } = event
          logger.info({ incidentId: data.incidentId, severity: data.severity, type }, 'incident')
        }
      },
      onShadow: (findings) => {
        for (const finding of findings) {
          counts.tried(finding)
          const { seenBy, incident } = finding
          const { kind, rule, deviceId } = incident
          if (seenBy === 'both') continue
          logger.info({ seenBy, incidentId: incident.incidentId }, 'the candidate differs')
          bus.connection.publish(shadowSubject(kind, rule, deviceId), JSON.stringify({ seenBy, incident }))
        }
      },
      onRetry: (error) => logger.warn({ err: error, partition }, 'trying again'),
      onProgress: (count, left) => counts.folded(partition, count, left),
    })
    restoring.set(partition, performance.now())
    await runner.start().finally(() => restoring.delete(partition))
    runner.try(candidate)
    runners.set(partition, runner)
    const endPresence = answerPresence(bus, lease, runner.fold)
    return {
      stop: async () => {
        endPresence()
        if (runners.get(partition) === runner) {
          runners.delete(partition)
          counts.left(partition)
        }
        await runner.stop()
      },
    }
  }
  const leases = new Leases({
    bus,
    count: config.PARTITIONS,
    buckets: { members: buckets.engines, leases: buckets.leases },
    name: config.ENGINE_NAME,
    begin,
    onReplaced: () => {
      logger.fatal(`another engine has begun as ENGINE_NAME=${config.ENGINE_NAME}; each needs a name of its own`)
      process.exit(1)
    },
    onChange: (change, partition) => {
      counts.leaseChanged(change, leases.heldCount)
      logger.info({ partition }, `partition ${change}`)
    },
    onProblem: (error) => logger.warn({ err: error }, 'leases: trying again'),
  })
  await leases.start()

  // Silence of the log is no device's silence: nothing is judged meanwhile, and that must be seen.
  const look = (): void => {
    const stalled = [...runners].flatMap(([partition, { silentMs }]) =>
      silentMs > config.STALLED_SECONDS * 1000 ? [partition] : [],
    )
    const slow = [...restoring].flatMap(([partition, since]) =>
      performance.now() - since > handOverMs ? [partition] : [],
    )
    const left = leases.uncovered(handOverMs)
    const unjudged = 'no rule is judged there'
    health.report(
      'log',
      listed(stalled, (which) => `nothing comes from partition ${which}; ${unjudged}`),
    )
    health.report(
      'restore',
      listed(slow, (which) => `the snapshot of partition ${which} is not read yet; ${unjudged}`),
    )
    health.report(
      'leases',
      listed(left, (which) => `no engine holds partition ${which}; ${unjudged}`),
    )
  }
  look()
  const watching = setInterval(look, 500)

  return async () => {
    clearInterval(watching)
    ending.abort()
    await leases.stop()
    await bus.close()
  }
})

function listed(partitions: readonly number[], say: (which: string) => string): string | undefined {
  return partitions.length === 0 ? undefined : say(partitions.join(', '))
}
