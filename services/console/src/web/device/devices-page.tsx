import type { Kind } from '@lifeline/contracts'
import { Button, Input, Segmented } from 'antd'
import { useEffect, useState } from 'react'
import type { Device } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { pathOfDevice } from '../route.ts'
import { findDevices } from './device-api.ts'
import { OnlineMark } from './online-mark.tsx'

const { deviceWords, kindWords, queueWords } = dictionary
const kinds = ['all', 'elevator', 'tower-crane', 'hoist'] as const
const typingMs = 250
const pageSize = 100

/** Finds devices by whatever somebody knows of them. */
export function DevicesPage() {
  const { api } = useDesk()
  const { say } = useLanguage()
  const [query, setQuery] = useState('')
  const [kind, setKind] = useState<(typeof kinds)[number]>('all')
  const [found, setFound] = useState<readonly Device[]>()
  const [cursor, setCursor] = useState<string>()
  const [error, setError] = useState<unknown>()
  const search = { query: query.trim(), kind: kind === 'all' ? undefined : (kind satisfies Kind), limit: pageSize }
  const { query: words, kind: ofKind } = search
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      findDevices(api, { query: words, kind: ofKind, limit: pageSize }).then(
        ({ items, nextCursor }) => {
          if (!wanted) return
          setFound(items)
          setCursor(nextCursor)
          setError(undefined)
        },
        (reason: unknown) => wanted && setError(reason),
      )
    }, typingMs)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [api, words, ofKind])
  const more = async (): Promise<void> => {
    if (cursor === undefined) return
    try {
      const page = await findDevices(api, { ...search, cursor })
      setFound((before = []) => [...before, ...page.items])
      setCursor(page.nextCursor)
    } catch (reason) {
      setError(reason)
    }
  }
  return (
    <main className="page" data-testid="devices">
      <div className="page-bar">
        <Input
          className="search"
          aria-label={say(deviceWords.search)}
          placeholder={say(deviceWords.search)}
          autoFocus
          allowClear
          value={query}
          onChange={({ target }) => setQuery(target.value)}
          data-testid="device-query"
        />
        <Segmented
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({
            value,
            label: say(value === 'all' ? deviceWords.all : kindWords[value]),
          }))}
        />
        {found !== undefined && (
          <span className="table-faint">
            {say(deviceWords.found, { n: `${found.length}${cursor === undefined ? '' : '+'}` })}
          </span>
        )}
      </div>
      <ProblemNote error={error} />
      {found === undefined && error === undefined && <p className="queue-none">{say(queueWords.loading)}</p>}
      {found?.length === 0 && <p className="queue-none">{say(deviceWords.none)}</p>}
      <ul className="device-list">
        {found?.map((device) => (
          <li key={device.deviceId} data-testid="device" data-device-id={device.deviceId}>
            <AppLink href={pathOfDevice(device.deviceId)}>
              <b>{device.address}</b>
              <span className="table-faint">
                {say(kindWords[device.kind])} · {device.useUnit}
              </span>
            </AppLink>
            <span className="code">{device.rescueCode ?? device.deviceId}</span>
            <span className="table-faint">{device.registrationCode}</span>
            <OnlineMark device={device} />
            {device.approvedForUse ? (
              <span />
            ) : (
              <b className="alert-text">{say(dictionary.incidentWords.notApproved)}</b>
            )}
          </li>
        ))}
      </ul>
      {cursor !== undefined && <Button onClick={() => void more()}>{say(deviceWords.more)}</Button>}
    </main>
  )
}
