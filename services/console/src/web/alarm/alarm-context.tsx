import type { RescueCase, SessionUser } from '@lifeline/contracts'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import { useDeskView } from '../live/desk-context.tsx'
import { Siren } from './siren.ts'
import { alarmsFor, alarmsHeard, muteMs } from './waiting-alarm.ts'

/** Sounds again until somebody has looked, ms. */
const repeatMs = 6_000

interface Alarm {
  readonly unlocked: boolean
  readonly unlock: () => void
  /** Browser time, ms, when the mute ends; undefined while there is none. */
  readonly mutedUntil: number | undefined
  readonly toggleMute: () => void
  /** Somebody looks at the case: it need not sound any more. */
  readonly seen: (rescue: RescueCase) => void
}

const AlarmContext = createContext<Alarm | undefined>(undefined)

/** Sounds while a life-safety case waits, or a call to the trapped is due, that nobody here has looked at. */
export function AlarmProvider({ user, children }: { readonly user: SessionUser; readonly children: ReactNode }) {
  const { cases } = useDeskView()
  const [siren, setSiren] = useState<Siren>()
  const [unlocked, setUnlocked] = useState(false)
  const [mutedUntil, setMutedUntil] = useState<number>()
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set())

  useEffect(() => {
    const made = new Siren()
    setSiren(made)
    setUnlocked(made.unlocked)
    const forget = made.onChange(() => setUnlocked(made.unlocked))
    const unlock = (): void => void made.unlock()
    // Whatever is pressed first will do.
    window.addEventListener('pointerdown', unlock)
    window.addEventListener('keydown', unlock)
    return () => {
      forget()
      window.removeEventListener('pointerdown', unlock)
      window.removeEventListener('keydown', unlock)
      made.close()
    }
  }, [])

  useEffect(() => {
    if (mutedUntil === undefined) return
    const timer = setTimeout(() => setMutedUntil(undefined), mutedUntil - Date.now())
    return () => clearTimeout(timer)
  }, [mutedUntil])

  const waiting = alarmsFor([...cases.values()], user)
    .filter((alarm) => !looked.has(alarm))
    .join(' ')
  // A new alarm sounds at once, not with the next round of the others.
  useEffect(() => {
    if (siren === undefined || !unlocked || mutedUntil !== undefined || waiting === '') return
    siren.sound()
    const timer = setInterval(() => siren.sound(), repeatMs)
    return () => clearInterval(timer)
  }, [siren, unlocked, mutedUntil, waiting])

  const seen = useCallback(
    (rescue: RescueCase): void => {
      const heard = alarmsHeard(rescue, user)
      setLooked((before) => (heard.every((alarm) => before.has(alarm)) ? before : new Set([...before, ...heard])))
    },
    [user],
  )
  const alarm = useMemo<Alarm>(
    () => ({
      unlocked,
      unlock: () => void siren?.unlock(),
      mutedUntil,
      toggleMute: () => setMutedUntil((until) => (until === undefined ? Date.now() + muteMs : undefined)),
      seen,
    }),
    [siren, unlocked, mutedUntil, seen],
  )
  return <AlarmContext value={alarm}>{children}</AlarmContext>
}

export function useAlarm(): Alarm {
  const alarm = use(AlarmContext)
  if (alarm === undefined) throw new Error('useAlarm needs an AlarmProvider around it')
  return alarm
}
