import { Button, Input } from 'antd'
import { useCallback, useState } from 'react'
import type { Page } from '../api/api-client.ts'
import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { whenText } from '../frame/time-text.ts'
import { usePages } from '../frame/use-pages.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useNow } from '../live/desk-context.tsx'
import { auditText } from './audit-text.ts'

interface Entry {
  readonly id: number
  readonly at: number
  readonly by: string
  readonly what: string
  readonly of: string
  readonly details: Readonly<Record<string, unknown>>
}
const { administrationWords, auditWords } = dictionary

/** Who did what when, the newest first. */
export function AuditTab() {
  const { api } = useDesk()
  const { say } = useLanguage()
  const now = useNow()
  const [deviceId, setDeviceId] = useState('')
  const wanted = /^[\w.-]+$/.test(deviceId.trim()) ? deviceId.trim() : ''
  const ask = useCallback(
    (cursor?: string) =>
      api.ask<Page<Entry>>('GET', `/audit?${new URLSearchParams({ deviceId: wanted, ...(cursor && { cursor }) })}`),
    [api, wanted],
  )
  const { items, error, more } = usePages(ask)
  return (
    <section className="panel" data-testid="audit">
      <Input
        placeholder={say(administrationWords.device)}
        aria-label={say(administrationWords.device)}
        allowClear
        value={deviceId}
        onChange={({ target }) => setDeviceId(target.value)}
      />
      <ProblemNote error={error} />
      {items?.length === 0 && <p className="table-faint">{say(administrationWords.nothing)}</p>}
      <table className="table">
        <tbody>
          {items?.map(({ id, at, by, what, of, details }) => (
            <tr key={id} data-what={what}>
              <td className="number">{whenText(at, now)}</td>
              <td>
                <b>{by}</b>
              </td>
              <td className="act">{say(lookUp(auditWords, what))}</td>
              <td>{of}</td>
              <td className="table-faint details">{auditText(details, say)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more !== undefined && <Button onClick={more}>{say(administrationWords.more)}</Button>}
    </section>
  )
}
