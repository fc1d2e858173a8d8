import { z } from 'zod'

/** Thrown where the environment cannot be used: says each variable and what is wrong with it. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID'
  override readonly name = 'ConfigError'
}

/** What every service reads. A service adds its own with `.extend`. */
export const serviceConfigSchema = z.object({
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:4222'),
  DATA_DIR: z.string().min(1).default('./.data'),
  /** Address that servers listen on. */
  BIND: z.string().min(1).default('127.0.0.1'),
  /** Port of the service's own HTTP: health, metrics, its part of the API. 0 takes any free one. */
  SERVICE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  /** Partitions of the log; fixed when the log is made. */
  PARTITIONS: z.coerce.number().int().min(1).max(1024).default(8),
})
export type ServiceConfig = z.infer<typeof serviceConfigSchema>

/** Secret that session tokens are signed with, for the services with an API. */
export const sessionSecretSchema = z.string().min(32, 'at least 32 characters')

/** Key that persons are told apart by without being named; the session secret stands in for it. */
export const privacyKeySchema = z.string().min(32, 'at least 32 characters')

/**
 * The environment as `schema` describes it. An empty variable counts as absent.
 * @throws ConfigError naming each variable that is missing or wrong
 */
export function readConfig<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv = process.env): z.infer<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const reasons = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new ConfigError(`configuration: ${reasons.join('; ')}`, { cause: result.error })
}
