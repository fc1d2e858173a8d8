import { join } from 'node:path'
import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)

const environmentSchema = z
  .object({
    DATA_DIR: z.string().default('./.data'),
    /** All sign-ins, as the registry writes them at the first start. */
    CREDENTIALS_FILE: z.string().optional(),
    MQTT_PORT: port.default(1883),
    MQTT_URL: z.url({ protocol: /^mqtts?$/ }).optional(),
    HTTP_PORT: port.default(9633),
    /** Where `/api/v1` answers. */
    API_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Equal seeds drive equally. */
    SEED: z.string().default('demo'),
    /** Sensors with noise, drift and dirty contacts, and a link that loses frames: `true`, or `false` where not set. */
    SENSOR_ERRORS: z.enum(['true', 'false']).default('false'),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  })
  .transform((env) => ({
    credentialsFile: env.CREDENTIALS_FILE ?? join(env.DATA_DIR, 'credentials.json'),
    mqttUrl: env.MQTT_URL ?? `mqtt://127.0.0.1:${env.MQTT_PORT}`,
    apiUrl: env.API_URL ?? `http://127.0.0.1:${env.HTTP_PORT}`,
    seed: env.SEED,
    sensorErrors: env.SENSOR_ERRORS === 'true',
    logLevel: env.LOG_LEVEL,
  }))
export type FleetConfig = z.infer<typeof environmentSchema>

/** Thrown where the environment cannot be used: names each variable and what is wrong with it. */
export class FleetConfigError extends Error {
  readonly code = 'FLEET_CONFIG_INVALID'
  override readonly name = 'FleetConfigError'
}

/**
 * Where the product is and how the fleet drives, from the environment. An empty variable counts as absent.
 * @throws FleetConfigError
 */
export function readFleetConfig(env: NodeJS.ProcessEnv): FleetConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = environmentSchema.safeParse(given)
  if (result.success) return result.data
  const reasons = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new FleetConfigError(`configuration: ${reasons.join('; ')}`, { cause: result.error })
}
