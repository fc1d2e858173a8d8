import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks every 100 ms until the answer is yes.
 * @throws the signal's reason once it aborts
 */
export async function waitUntil(isSo: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await isSo())) {
    await delay(100, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
  signal.throwIfAborted()
}
