import type { InfluxOptions } from '@lifeline/history'
import { serviceConfigSchema, sessionSecretSchema } from '@lifeline/service-kit'
import { z } from 'zod'

const influxUrlSchema = z
  .url({ protocol: /^https?$/, error: 'not an http or https address' })
  .refine(
    (url) => new URL(url).username === '',
    'put the user and the password into INFLUX_USERNAME and INFLUX_PASSWORD',
  )

export const historianConfigSchema = serviceConfigSchema.extend({
  SESSION_SECRET: sessionSecretSchema,
  INFLUX_URL: influxUrlSchema.default('http://127.0.0.1:8086'),
  /** Database of InfluxDB 1.x and 3, bucket of 2.x. */
  INFLUX_DATABASE: z.string().min(1).default('lifeline'),
  /** Organisation of 2.x. */
  INFLUX_ORG: z.string().optional(),
  /** API token of 2.x and 3. */
  INFLUX_TOKEN: z.string().optional(),
  /** Of a 1.x with sign-in. */
  INFLUX_USERNAME: z.string().optional(),
  INFLUX_PASSWORD: z.string().optional(),
})
export type HistorianConfig = z.infer<typeof historianConfigSchema>

export function influxOptions(config: HistorianConfig): InfluxOptions {
  return {
    url: config.INFLUX_URL,
    database: config.INFLUX_DATABASE,
    ...(config.INFLUX_ORG === undefined ? {} : { org: config.INFLUX_ORG }),
    ...(config.INFLUX_TOKEN === undefined ? {} : { token: config.INFLUX_TOKEN }),
    ...(config.INFLUX_USERNAME === undefined ? {} : { username: config.INFLUX_USERNAME }),
    ...(config.INFLUX_PASSWORD === undefined ? {} : { password: config.INFLUX_PASSWORD }),
  }
}
