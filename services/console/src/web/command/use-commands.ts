import type { CommandOrder } from '@lifeline/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useDesk } from '../live/desk-context.tsx'
import { type Command, readCommands, sendCommand } from './command-api.ts'

/** Asked again this often while a command is on its way, ms. */
const waitingMs = 2_000
/** And this often otherwise: somebody else may give one. */
const idleMs = 15_000

/** The newest commands to a device and what becomes of them. */
export function useCommands(deviceId: string, limit: number) {
  const { api } = useDesk()
  const [commands, setCommands] = useState<readonly Command[]>()
  const [error, setError] = useState<unknown>()
  const askNow = useRef<() => void>(undefined)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const read = async (): Promise<void> => {
      clearTimeout(timer)
      let pause = idleMs
      try {
        const found = await readCommands(api, deviceId, limit)
        if (!wanted) return
        setCommands(found)
        setError(undefined)
        if (found.some(({ state }) => state === 'sent' || state === 'delivered')) pause = waitingMs
      } catch (reason) {
        if (!wanted) return
        setError(reason)
      }
      clearTimeout(timer)
      timer = setTimeout(() => void read(), pause)
    }
    askNow.current = () => void read()
    void read()
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [api, deviceId, limit])
  const send = useCallback(
    async (order: CommandOrder): Promise<void> => {
      await sendCommand(api, deviceId, order)
      askNow.current?.()
    },
    [api, deviceId],
  )
  return { commands, error, send }
}
