import type { Kind, RuleSettings } from '@lifeline/contracts'
import { useCallback } from 'react'
import type { Page } from '../api/api-client.ts'
import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { whenText } from '../frame/time-text.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useNow } from '../live/desk-context.tsx'
import { settingDifferences } from './setting-differences.ts'

interface Change {
  /** The device, or its kind. */
  readonly of: string
  readonly at: number
  readonly by: string
  readonly before: RuleSettings
  readonly after: RuleSettings
}
const { deviceWords, kindWords, ruleWords, settingWords } = dictionary

/** Who changed a device's settings, or those of its kind, from what to what. */
export function SettingsHistory({ deviceId, kind }: { readonly deviceId: string; readonly kind: Kind }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const now = useNow()
  const ask = useCallback(
    () => api.ask<Page<Change>>('GET', `/devices/${encodeURIComponent(deviceId)}/settings/audit`),
    [api, deviceId],
  )
  const { answer, error } = useAnswer(ask)
  const items = answer?.items ?? []
  return (
    <section className="panel" data-testid="settings-history">
      <ProblemNote error={error} />
      {answer !== undefined && items.length === 0 && <p className="table-faint">{say(deviceWords.noChange)}</p>}
      <ol className="changes">
        {items.map((change) => (
          <li key={`${change.at} ${change.of}`}>
            <time>{whenText(change.at, now)}</time> <b>{change.by}</b>{' '}
            {change.of === kind && `${say(deviceWords.ofKind)} ${say(kindWords[kind])}`}
            <ul>
              {settingDifferences(change.before, change.after).map(({ rule, name, from, to }) => (
                <li key={`${rule} ${name}`}>
                  {say(lookUp(ruleWords, rule))} · {say(lookUp(settingWords, name))}:{' '}
                  {from ?? say(deviceWords.standard)} → <b>{to ?? say(deviceWords.standard)}</b>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}
