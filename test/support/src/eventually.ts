import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks until the answer is not undefined, as one who watches from outside can only do.
 * @throws Error saying what was waited for, with the last error as cause, when `withinMs` is over
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { withinMs = 30_000, everyMs = 50 } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs
  let cause: unknown
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      cause = error
    }
    await delay(everyMs)
  }
  throw new Error(`not within ${withinMs} ms: ${what}`, { cause })
}
