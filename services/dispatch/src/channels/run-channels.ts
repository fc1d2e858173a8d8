import { Counter, type Health, Histogram, type Logger, type Registry } from '@lifeline/service-kit'
import { claimNotice, type DeliveryOptions } from './deliver-notice.ts'
import { claimTest } from './test-channel.ts'
import { Doorbell, runQueue } from './work-queue.ts'

/** Messages under way at once: a channel that hangs must not keep the others waiting. */
const atOnce = 32

export interface RunChannelsOptions extends Omit<DeliveryOptions, 'onAttempt'> {
  /** Rung where there may be a notice to send. */
  readonly bell: Doorbell
  readonly health: Health
  readonly metrics: Registry
  readonly logger: Logger
}

/** Delivers notices to units, and tests channels by their schedules, until `signal` aborts. */
export async function runChannels({ bell, health, metrics, logger, ...options }: RunChannelsOptions): Promise<void> {
  const registers = [metrics]
  const attempts = new Counter({
    name: 'lifeline_dispatch_channel_attempts_total',
    help: 'Attempts to tell a unit, by kind of channel and how they ended',
    labelNames: ['kind', 'result'],
    registers,
  })
  const seconds = new Histogram({
    name: 'lifeline_dispatch_channel_seconds',
    help: 'How long a channel took to answer',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
    registers,
  })
  const { db, now, signal, push } = options
  const queue = (name: string, claim: () => Promise<(() => Promise<void>) | undefined>, ring: Doorbell) =>
    runQueue({
      claim,
      atOnce,
      bell: ring,
      signal,
      report: (reason) => health.report(name, reason),
      onFailed: (error) => logger.error({ err: error }, `${name}: not done, it is tried again`),
    })
  const deliveries = queue(
    'channels',
    () =>
      claimNotice({
        ...options,
        onAttempt: (kind, result, durationMs) => {
          attempts.inc({ kind, result })
          seconds.observe({ kind }, durationMs / 1000)
        },
      }),
    bell,
  )
  const tests = queue('channel tests', () => claimTest(db, now(), { push, signal }), new Doorbell())
  await Promise.all([deliveries, tests])
}
