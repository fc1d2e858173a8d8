import { setTimeout } from 'node:timers/promises'

/** Milliseconds to wait before the next try: doubles from 50 to 2,000. */
const pauseMs = (attempt: number): number => Math.min(50 * 2 ** attempt, 2_000)

/**
 * Tries until it works: for steps that only fail while a server is away or coming up.
 * @param options.giveUp says which errors waiting cannot mend; they are thrown
 * @throws the step's error where it gives up; an AbortError once `signal` aborts
 */
export async function retrying<T>(
  step: () => Promise<T>,
  options: {
    readonly signal?: AbortSignal
    readonly giveUp?: (error: unknown) => boolean
    readonly onError?: (error: unknown, attempt: number) => void
  } = {},
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await step()
    } catch (error) {
      if (options.giveUp?.(error) === true) throw error
      options.onError?.(error, attempt)
      await setTimeout(pauseMs(attempt), undefined, options.signal === undefined ? {} : { signal: options.signal })
    }
  }
}
