import { collectDefaultMetrics, Registry } from 'prom-client'
import type { z } from 'zod'
import { ConfigError, readConfig, type serviceConfigSchema } from './config.ts'
import { Health } from './health.ts'
import { createHttpServer, type HttpServer } from './http-server.ts'
import { createLogger, type Logger } from './logger.ts'

/** What a service's own code is given. */
export interface ServiceContext<C> {
  readonly config: C
  readonly logger: Logger
  readonly health: Health
  readonly metrics: Registry
  /** Listens once `start` has returned; register routes on it before. */
  readonly http: HttpServer
}

/** Ends what `start` began; called once, in at most five seconds. */
export type Stop = () => Promise<void>

const stopLimitMs = 5_000

/**
 * Runs a service as this process: configuration from the environment, HTTP for health and metrics, start, and stop
 * on SIGTERM, SIGINT or the end of the parent that forked it. A wrong configuration or a failed start exits with 1.
 */
export async function runService<S extends z.ZodType<z.infer<typeof serviceConfigSchema>>>(
  name: string,
  schema: S,
  start: (context: ServiceContext<z.infer<S>>) => Promise<Stop>,
): Promise<void> {
  let config: z.infer<S>
  try {
    config = readConfig(schema)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${name}: ${error.message}\n`)
    process.exit(1)
  }
  const logger = createLogger(name, config.LOG_LEVEL)
  const die = (message: string) => (error: unknown) => {
    logger.fatal({ err: error }, message)
    process.exit(1)
  }
  process.on('uncaughtException', die('uncaught exception'))
  process.on('unhandledRejection', die('unhandled rejection'))

  const health = new Health()
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const sessionSecret = (config as { SESSION_SECRET?: string }).SESSION_SECRET
  const http = await createHttpServer({
    name,
    logger,
    health,
    metrics,
    ...(sessionSecret === undefined ? {} : { sessionSecret }),
  })

  let stop: Stop | undefined
  let ending = false
  const end = (signal: string): void => {
    if (ending) return
    ending = true
    logger.info({ signal }, 'stopping')
    setTimeout(() => die('stop took too long')(signal), stopLimitMs).unref()
    Promise.all([http.close(), stop?.()]).then(() => process.exit(0), die('stop failed'))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('disconnect', () => end('disconnect'))

  health.report('start', 'starting')
  const started = await start({ config, logger, health, metrics, http }).catch(die('start failed'))
  if (started === undefined) return
  stop = started
  await http.listen({ host: config.BIND, port: config.SERVICE_PORT }).catch(die('SERVICE_PORT cannot be listened on'))
  health.report('start', undefined)
  logger.info({ address: http.server.address() }, 'ready')
}
