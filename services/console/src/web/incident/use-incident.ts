import type { RescueCase } from '@lifeline/contracts'
import { useEffect, useState } from 'react'
import type { IncidentDetail } from '../api/api-client.ts'
import { useDesk, useDeskView } from '../live/desk-context.tsx'

const retryMs = 3_000

/** One case as it is now, with what only its own page needs. */
export interface Incident {
  readonly rescue: RescueCase | undefined
  readonly detail: Pick<IncidentDetail, 'device' | 'contacts'> | undefined
  readonly error: unknown
}

/** What the people to call depend on. */
const holderOf = ({ level, assignedTo, callerPhone }: RescueCase): string => `${level} ${assignedTo} ${callerPhone}`

/** Follows a case; reads the page's own part anew whenever the case goes to somebody else, until it succeeds. */
export function useIncident(id: string): Incident {
  const { api, live } = useDesk()
  const rescue = useDeskView().cases.get(id)
  const [detail, setDetail] = useState<IncidentDetail>()
  const [error, setError] = useState<unknown>()
  const current = detail !== undefined && rescue !== undefined && holderOf(detail) === holderOf(rescue)
  useEffect(() => {
    if (current) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const read = async (): Promise<void> => {
      try {
        const answer = await api.incident(id)
        if (!wanted) return
        live.take(answer)
        setDetail(answer)
        setError(undefined)
        const now = live.view().cases.get(id)
        if (now !== undefined && holderOf(now) !== holderOf(answer)) await read()
      } catch (reason) {
        if (!wanted) return
        setError(reason)
        timer = setTimeout(() => void read(), retryMs)
      }
    }
    void read()
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [api, live, id, current])
  return { rescue, detail, error }
}
