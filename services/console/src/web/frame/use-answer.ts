import { useCallback, useEffect, useRef, useState } from 'react'

/**
 * What `ask` answers, asked anew when `ask` is another function (keep it with `useCallback`), when told to, and every
 * so often. The last answer stays while a new one is awaited or fails.
 * @param everyMs 0: only when told to
 */
export function useAnswer<T>(ask: () => Promise<T>, everyMs = 0) {
  const [answer, setAnswer] = useState<T>()
  const [error, setError] = useState<unknown>()
  const now = useRef<() => void>(undefined)
  useEffect(() => {
    let wanted = true
    const read = (): void => {
      ask().then(
        (value) => {
          if (!wanted) return
          setAnswer(value)
          setError(undefined)
        },
        (reason: unknown) => {
          if (wanted) setError(reason)
        },
      )
    }
    now.current = read
    read()
    const timer = everyMs > 0 ? setInterval(read, everyMs) : undefined
    return () => {
      wanted = false
      clearInterval(timer)
    }
  }, [ask, everyMs])
  const again = useCallback(() => now.current?.(), [])
  return { answer, error, again, setAnswer }
}
