import { Input } from 'antd'
import { useEffect, useState } from 'react'
import type { Device } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'

/** Long enough for the next key, short enough not to be noticed, ms. */
const typingMs = 250
const mostShown = 8
const { kindWords, newCaseWords } = dictionary

/** Finds a device by its rescue code or address while one types; a whole rescue code chooses its device by itself. */
export function DeviceSearch(props: {
  readonly chosen: Device | undefined
  readonly onChoose: (device: Device | undefined) => void
}) {
  const { chosen, onChoose } = props
  const { api } = useDesk()
  const { say } = useLanguage()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<readonly Device[]>()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    const wanted = query.trim()
    if (wanted === '') return
    const ending = new AbortController()
    const timer = setTimeout(() => {
      api.devices(wanted, ending.signal).then(
        (devices) => {
          setFound(devices)
          setError(undefined)
          const [only, another] = devices.filter(({ rescueCode }) => rescueCode === wanted)
          if (only !== undefined && another === undefined) onChoose(only)
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
  }, [api, query, onChoose])
  const type = (typed: string): void => {
    setQuery(typed)
    setFound(undefined)
    onChoose(undefined)
  }
  const shown = chosen === undefined ? (found ?? []) : [chosen]
  return (
    <div className="field">
      <label htmlFor="device-query">{say(newCaseWords.search)}</label>
      <Input
        id="device-query"
        className="search"
        autoFocus
        value={query}
        onChange={({ target }) => type(target.value)}
        data-testid="new-case-query"
      />
      <ProblemNote error={error} />
      <ul className="found" aria-live="polite">
        {shown.slice(0, mostShown).map((device) => (
          <li key={device.deviceId}>
            <button
              type="button"
              aria-pressed={device === chosen}
              onClick={() => onChoose(device)}
              data-testid="new-case-device"
              data-device-id={device.deviceId}
            >
              <b>{device.address}</b>
              <span>
                {device.rescueCode !== undefined && <span className="code">{device.rescueCode} · </span>}
                {say(kindWords[device.kind])} · {device.useUnit}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found?.length === 0 && <p className="notice">{say(newCaseWords.nothingFound)}</p>}
    </div>
  )
}
