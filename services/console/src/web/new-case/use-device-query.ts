import { useEffect, useState } from 'react'
import type { Device } from '../api/api-client.ts'
import { useDesk } from '../live/desk-context.tsx'

/** Long enough for the next key, short enough not to be noticed, ms. */
const typingMs = 250

/**
 * The devices that fit what is typed, once the typing pauses; undefined while nothing has been found out yet.
 * @param onCode told of the only device whose rescue code is what was typed
 */
export function useDeviceQuery(query: string, onCode: (device: Device) => void) {
  const { api } = useDesk()
  const [answer, setAnswer] = useState<{ readonly to: string; readonly found: readonly Device[] }>()
  const [error, setError] = useState<unknown>()
  const wanted = query.trim()
  useEffect(() => {
    if (wanted === '') return
    const ending = new AbortController()
    const timer = setTimeout(() => {
      api.devices(wanted, ending.signal).then(
        (found) => {
          setAnswer({ to: wanted, found })
          setError(undefined)
          const [only, another] = found.filter(({ rescueCode }) => rescueCode === wanted)
          if (only !== undefined && another === undefined) onCode(only)
        },
        (reason: unknown) => {
          if (!ending.signal.aborted) setError(reason)
        },
      )
    }, typingMs)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [api, wanted, onCode])
  return { found: wanted !== '' && answer?.to === wanted ? answer.found : undefined, error }
}
