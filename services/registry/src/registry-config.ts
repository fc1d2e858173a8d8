import { maxCommandSeconds } from '@lifeline/contracts'
import { privacyKeySchema, serviceConfigSchema, sessionSecretSchema } from '@lifeline/service-kit'
import { z } from 'zod'
import { allOrNone, oidcVariables } from './oidc/oidc-config.ts'

const variables = serviceConfigSchema.extend({
  ...oidcVariables,
  /** Where people's browsers reach the console: the identity provider sends them back there. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://127.0.0.1:9633'),
  SESSION_SECRET: sessionSecretSchema,
  /** Key that operators' cards are hashed with, as the gateway has it; the session secret stands in for it. */
  PRIVACY_KEY: privacyKeySchema.optional(),
  /** How long a command to a device lives where its giver does not say, s. */
  COMMAND_SECONDS: z.coerce.number().int().min(1).max(maxCommandSeconds).default(600),
  /** A PostgreSQL server; without it the database is kept in `$DATA_DIR/registry`. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'postgres://user:password@host:port/database' }).optional(),
  /** Where the first start writes the sign-ins; `$DATA_DIR/credentials.json` where it is not set. */
  CREDENTIALS_FILE: z.string().min(1).optional(),
  /** PEM file of the authority that vouches for the broker, to be named among the sign-ins. */
  MQTT_CA_FILE: z.string().min(1).optional(),
  /** `demo` fills an empty registry with the demo district. */
  SEED: z.enum(['demo']).optional(),
})

export const registryConfigSchema = variables.superRefine(allOrNone)
