import { serviceConfigSchema, sessionSecretSchema } from '@lifeline/service-kit'
import { z } from 'zod'

export const dispatchConfigSchema = serviceConfigSchema.extend({
  SESSION_SECRET: sessionSecretSchema,
  /** PostgreSQL server; several dispatch processes may share one. Without it the database is inside the process. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'postgres://user@host:port/database')
    .optional(),
  /** Telephone of the control room, as rescuers are shown it. */
  DESK_PHONE: z.string().min(1).max(40).default('96333'),
  /** Where people's browsers reach the console: the links in messages lead there. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://127.0.0.1:9633'),
  /** The historian's own address; without it no curves are kept with the cases. */
  HISTORIAN_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** Where the desk's days begin and its papers tell the time. */
  TIME_ZONE: z.string().refine(isTimeZone, 'a time zone such as Asia/Shanghai').default('Asia/Shanghai'),
})
export type DispatchConfig = z.infer<typeof dispatchConfigSchema>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    // There is no other way to ask.
    return false
  }
}
