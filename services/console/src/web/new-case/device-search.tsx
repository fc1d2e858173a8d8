import { Input, type InputRef } from 'antd'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { Device } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useLanguage } from '../language.tsx'
import { useDeviceQuery } from './use-device-query.ts'

const mostShown = 8
const { kindWords, newCaseWords } = dictionary

/**
 * Finds a device while one types, by keyboard alone: arrows go through what is found, Enter takes one. A whole rescue
 * code chooses its device by itself.
 */
export function DeviceSearch(props: {
  readonly chosen: Device | undefined
  readonly onChoose: (device: Device | undefined) => void
  /** Enter was pressed with a device chosen. */
  readonly onDone: () => void
  readonly inputRef: RefObject<InputRef | null>
}) {
  const { chosen, onChoose, onDone, inputRef } = props
  const { say } = useLanguage()
  const listId = useId()
  const [query, setQuery] = useState('')
  const [marked, setMarked] = useState(0)
  const { found, error } = useDeviceQuery(query, onChoose)
  const type = (typed: string): void => {
    setQuery(typed)
    setMarked(0)
    onChoose(undefined)
  }
  const shown = chosen === undefined ? (found ?? []).slice(0, mostShown) : [chosen]
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown.length > 0) {
      event.preventDefault()
      setMarked((place) => (place + step + shown.length) % shown.length)
    }
    if (event.key !== 'Enter') return
    event.preventDefault()
    const device = chosen ?? shown[marked]
    if (device === undefined) return
    onChoose(device)
    onDone()
  }
  return (
    <div className="field">
      <label htmlFor="device-query">{say(newCaseWords.search)}</label>
      <Input
        ref={inputRef}
        id="device-query"
        className="search"
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-activedescendant={shown.length > 0 ? `${listId}-${marked}` : undefined}
        autoComplete="off"
        autoFocus
        value={query}
        onChange={({ target }) => type(target.value)}
        onKeyDown={press}
        data-testid="new-case-query"
      />
      <ProblemNote error={error} />
      <ul className="found" id={listId} aria-live="polite">
        {shown.map((device, place) => (
          <li key={device.deviceId} id={`${listId}-${place}`}>
            <button
              type="button"
              // By the arrows of the field above: Tab leads on to the caller's number.
              tabIndex={-1}
              aria-pressed={device === chosen}
              data-marked={device !== chosen && place === marked}
              onClick={() => {
                onChoose(device)
                onDone()
              }}
              data-testid="new-case-device"
              data-device-id={device.deviceId}
            >
              <b>{device.address}</b>
              <span>
                {device.rescueCode !== undefined && <span className="code">{device.rescueCode} · </span>}
                {say(kindWords[device.kind])} · {device.useUnit}
                {device.online === false && <b className="alert-text"> · {say(newCaseWords.offline)}</b>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {(found?.length ?? 0) > mostShown && chosen === undefined && (
        <p className="notice">{say(newCaseWords.moreFound, { n: (found?.length ?? 0) - mostShown })}</p>
      )}
      {found?.length === 0 && <p className="notice">{say(newCaseWords.nothingFound)}</p>}
    </div>
  )
}
