import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'

const firstMs = 500
const longestMs = 5_000

/**
 * Tries until it succeeds, at growing intervals up to 5 s; says why it failed whenever the reason is a new one.
 * @returns undefined once `signal` aborts
 */
export async function retrying<T>(
  signal: AbortSignal,
  logger: Logger,
  attempt: () => Promise<T>,
): Promise<T | undefined> {
  let said: string | undefined
  for (let waitMs = firstMs; !signal.aborted; waitMs = Math.min(2 * waitMs, longestMs)) {
    try {
      return await attempt()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (reason !== said) logger.warn({ reason }, 'waiting for the product')
      said = reason
      // An abort ends the wait, and with it the loop.
      await delay(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }
  return undefined
}
