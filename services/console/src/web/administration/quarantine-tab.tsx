import { Button } from 'antd'
import { useCallback } from 'react'
import type { Page } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { whenText } from '../frame/time-text.ts'
import { useAction } from '../frame/use-action.ts'
import { usePages } from '../frame/use-pages.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useNow } from '../live/desk-context.tsx'
import { pathOfDevice } from '../route.ts'

interface Entry {
  readonly id: string
  readonly deviceId: string
  readonly receivedAt: number
  readonly reason: string
  readonly path?: string
  readonly excerpt: string
  readonly replay: { readonly possible: boolean; readonly why?: string; readonly failure?: string }
  readonly replayed?: { readonly stored: number }
}
const { administrationWords } = dictionary

/** What could not be understood, of one device or of all; to be taken again once a mapping is mended. */
export function QuarantineTab(props: { readonly mayReplay: boolean; readonly deviceId?: string }) {
  const { mayReplay, deviceId = '' } = props
  const { api } = useDesk()
  const { say } = useLanguage()
  const now = useNow()
  const { busy, error: refused, run } = useAction()
  const ask = useCallback(
    (cursor?: string) =>
      api.ask<Page<Entry>>('GET', `/quarantine?${new URLSearchParams({ deviceId, ...(cursor && { cursor }) })}`),
    [api, deviceId],
  )
  const { items, error, again, more } = usePages(ask)
  const replay = (id: string): void =>
    void run(async () => {
      await api.ask('POST', '/quarantine/replay', { ids: [Number(id)] })
      again()
    })
  return (
    <section className="panel" data-testid="quarantine">
      <ProblemNote error={refused ?? error} />
      {items?.length === 0 && <p className="table-faint">{say(administrationWords.nothing)}</p>}
      <table className="table">
        <tbody>
          {items?.map((entry) => (
            <tr key={entry.id} data-testid="quarantined">
              <td className="number">{whenText(entry.receivedAt, now)}</td>
              <td>
                <AppLink href={pathOfDevice(entry.deviceId)} className="case-link">
                  {entry.deviceId}
                </AppLink>
              </td>
              <td>
                {entry.path !== undefined && <b>{entry.path} </b>}
                {entry.reason}
              </td>
              <td className="table-faint details">{entry.excerpt}</td>
              <td>
                {entry.replayed !== undefined ? (
                  <span className="good-text">{say(administrationWords.replayed, { n: entry.replayed.stored })}</span>
                ) : (
                  <span className="table-faint">{entry.replay.failure ?? entry.replay.why}</span>
                )}
                {mayReplay && entry.replay.possible && entry.replayed === undefined && (
                  <Button size="small" disabled={busy} onClick={() => replay(entry.id)}>
                    {say(administrationWords.replay)}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more !== undefined && <Button onClick={more}>{say(administrationWords.more)}</Button>}
    </section>
  )
}
