import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react'
import type { ApiClient } from '../api/api-client.ts'
import { type DeskView, LiveDesk } from './live-desk.ts'
import type { ServerClock } from './server-clock.ts'

interface Desk {
  readonly api: ApiClient
  readonly clock: ServerClock
  readonly live: LiveDesk
}

const DeskContext = createContext<Desk | undefined>(undefined)

/** Keeps the desk live for as long as somebody is signed in. */
export function DeskProvider(props: {
  readonly api: ApiClient
  readonly clock: ServerClock
  readonly children: ReactNode
}) {
  const { api, clock, children } = props
  const [desk] = useState<Desk>(() => ({ api, clock, live: new LiveDesk(api, clock) }))
  useEffect(() => {
    desk.live.start()
    return () => desk.live.stop()
  }, [desk])
  return <DeskContext value={desk}>{children}</DeskContext>
}

export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (desk === undefined) throw new Error('useDesk needs a DeskProvider around it')
  return desk
}

/** What is known now, and again whenever it changes. */
export function useDeskView(): DeskView {
  const { live } = useDesk()
  return useSyncExternalStore(live.subscribe, live.view)
}

/** The server's time, ms, anew every second. */
export function useNow(): number {
  const { clock } = useDesk()
  const [now, setNow] = useState(() => clock.now())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = (): void => {
      const time = clock.now()
      setNow(time)
      // On the server's full second, so that all countdowns step together.
      timer = setTimeout(tick, 1000 - (time % 1000))
    }
    tick()
    return () => clearTimeout(timer)
  }, [clock])
  return now
}
