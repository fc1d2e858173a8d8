import { type Bus, type KV, openBucket, retrying } from '@lifeline/bus'
import type { Changes } from './changes.ts'

/** A value as it was last written. */
export interface Published<T> {
  readonly value: T
  /** The value as JSON. */
  readonly text: string
  /** When, ms since the Unix epoch. */
  readonly at: number
}

/**
 * A KV bucket that only the registry writes, with what stands in it: the registry's memory of what it has told the
 * others, which a restart finds again.
 */
export class PublishedBucket<T> {
  readonly #bucket: KV
  readonly #entries: Map<string, Published<T>>

  constructor(bucket: KV, entries: Map<string, Published<T>>) {
    this.#bucket = bucket
    this.#entries = entries
  }

  get entries(): ReadonlyMap<string, Published<T>> {
    return this.#entries
  }

  /** Writes and deletes, each tried until it is done. @throws AbortError */
  async apply({ put, remove }: Changes<T>, signal: AbortSignal): Promise<void> {
    const puts = put.map(async ([key, value]) => {
      const text = JSON.stringify(value)
      await retrying(() => this.#bucket.put(key, text), { signal })
      this.#entries.set(key, { value, text, at: Date.now() })
    })
    const removals = remove.map(async (key) => {
      await retrying(() => this.#bucket.delete(key), { signal })
      this.#entries.delete(key)
    })
    await Promise.all([...puts, ...removals])
  }
}

/** Opens a bucket and reads what stands in it. Waits while the server is away. */
export async function openPublishedBucket<T>(bus: Bus, name: string): Promise<PublishedBucket<T>> {
  const bucket = await openBucket(bus, name)
  return new PublishedBucket(bucket, await retrying(() => readAll<T>(bucket)))
}

async function readAll<T>(bucket: KV): Promise<Map<string, Published<T>>> {
  const entries = new Map<string, Published<T>>()
  for await (const { key, operation, value, created } of await bucket.history()) {
    if (operation !== 'PUT') continue
    const text = new TextDecoder().decode(value)
    entries.set(key, { value: JSON.parse(text) as T, text, at: created.getTime() })
  }
  return entries
}
