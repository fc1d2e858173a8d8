import { buckets, commandKeptMs, engineKeptMs, sessionEndKeptMs } from '@lifeline/contracts'
import type { KV } from 'nats'
import type { Bus } from './connect-bus.ts'
import { retrying } from './retrying.ts'

/** Buckets whose keys go by themselves after that many milliseconds. */
const lifetimes: ReadonlyMap<string, number> = new Map([
  [buckets.commands, commandKeptMs],
  [buckets.sessions, sessionEndKeptMs],
  [buckets.engines, engineKeptMs],
])

/**
 * A KV bucket, made where it is missing. Waits while the server is away.
 * @param timeoutMs after it a put or get without an answer fails
 */
export function openBucket(bus: Bus, name: string, timeoutMs = 5_000): Promise<KV> {
  const ttl = lifetimes.get(name)
  const options = { history: 1, ...(ttl === undefined ? {} : { ttl }) }
  return retrying(() => bus.connection.jetstream({ timeout: timeoutMs }).views.kv(name, options))
}

/**
 * Follows a bucket: calls `apply` for each key as it stands now and for every change after, also across a lost link
 * (all keys are told again then). Resolves when all that stood at the start has been told.
 * @param apply value parsed from JSON, or undefined where the key was deleted; the revision grows with each change
 */
export async function mirrorBucket<T>(
  bus: Bus,
  name: string,
  apply: (key: string, value: T | undefined, revision: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const bucket = await openBucket(bus, name)
  await new Promise<void>((resolve) => void follow(bus, bucket, apply, signal, resolve))
}

async function follow<T>(
  bus: Bus,
  bucket: KV,
  apply: (key: string, value: T | undefined, revision: number) => void,
  signal: AbortSignal,
  initialized: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const entries = await retrying(() => bucket.watch({ initializedFn: initialized }))
    const stop = (): void => entries.stop()
    signal.addEventListener('abort', stop, { once: true })
    const forget = bus.onReconnect(stop)
    // An abort while the watch was being opened has no listener to find.
    if (signal.aborted) stop()
    for await (const { key, operation, value, revision } of entries) {
      apply(key, operation === 'PUT' ? (JSON.parse(new TextDecoder().decode(value)) as T) : undefined, revision)
    }
    signal.removeEventListener('abort', stop)
    forget()
  }
}
