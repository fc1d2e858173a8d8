import type { Published } from './published-bucket.ts'

export interface Changes<T> {
  readonly put: readonly (readonly [key: string, value: T])[]
  /** Keys that are no longer wanted. */
  readonly remove: readonly string[]
}

/**
 * What has to be published so that the others know what the database says.
 * @param wanted by key, as it should stand
 * @param published as it stands, of the same scope as `wanted`
 * @param staleBefore what was written before that (ms since the Unix epoch) is written again
 */
export function changesOf<T>(
  wanted: ReadonlyMap<string, T>,
  published: ReadonlyMap<string, Published<T>>,
  staleBefore = Number.NEGATIVE_INFINITY,
): Changes<T> {
  const put = [...wanted].filter(([key, value]) => {
    const entry = published.get(key)
    return entry === undefined || entry.at < staleBefore || entry.text !== JSON.stringify(value)
  })
  return { put, remove: [...published.keys()].filter((key) => !wanted.has(key)) }
}
