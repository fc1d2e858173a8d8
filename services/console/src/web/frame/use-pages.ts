import { useCallback, useEffect, useState } from 'react'
import type { Page } from '../api/api-client.ts'

/** A list that is read page by page, anew where `ask` is another function (keep it with `useCallback`). */
export function usePages<T>(ask: (cursor?: string) => Promise<Page<T>>) {
  const [items, setItems] = useState<readonly T[]>()
  const [cursor, setCursor] = useState<string>()
  const [error, setError] = useState<unknown>()
  const read = useCallback(
    async (after?: string): Promise<void> => {
      try {
        const page = await ask(after)
        setItems((before = []) => (after === undefined ? page.items : [...before, ...page.items]))
        setCursor(page.nextCursor)
        setError(undefined)
      } catch (reason) {
        setError(reason)
      }
    },
    [ask],
  )
  useEffect(() => {
    void read()
  }, [read])
  return { items, error, again: () => void read(), more: cursor === undefined ? undefined : () => void read(cursor) }
}
