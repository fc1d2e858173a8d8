import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** JSON lines on standard output. Secrets never reach it: the fields that could hold one are redacted by name. */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    base: { name },
    redact: { paths: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization'] },
  })
}
