import type { Kind, RuleSettings } from '@lifeline/contracts'
import { Button, Segmented } from 'antd'
import { useCallback, useState } from 'react'
import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { readSettings } from '../settings/rule-catalogue.ts'
import { SettingsTable } from '../settings/settings-table.tsx'

const { administrationWords, kindWords, ruleWords, settingWords } = dictionary
const kinds = ['elevator', 'tower-crane', 'hoist'] as const satisfies readonly Kind[]

/** Settings of all machines of a kind, and how the candidate in shadow differs from them. */
export function RulesTab({ mayEdit }: { readonly mayEdit: boolean }) {
  const { say } = useLanguage()
  const [kind, setKind] = useState<Kind>('elevator')
  return (
    <>
      <Segmented
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value, label: say(kindWords[value]) }))}
      />
      <Shadow key={kind} kind={kind} mayEdit={mayEdit} />
      <SettingsTable key={`of ${kind}`} owner={{ kind }} kind={kind} mayEdit={mayEdit} />
    </>
  )
}

function Shadow({ kind, mayEdit }: { readonly kind: Kind; readonly mayEdit: boolean }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const ask = useCallback(async () => {
    const [candidate, inForce] = await Promise.all([
      api.ask<Partial<Record<Kind, RuleSettings>>>('GET', '/rules/shadow'),
      readSettings(api, { kind }),
    ])
    return { candidate, inForce }
  }, [api, kind])
  const shadow = useAnswer(ask)
  const tried = Object.entries(shadow.answer?.candidate[kind] ?? {}).flatMap(([rule, settings]) =>
    Object.entries(settings).map(([name, value]) => ({ rule, name, value })),
  )
  const end = (): void =>
    void run(async () => {
      await api.ask('PUT', '/rules/shadow', {})
      shadow.again()
    })
  return (
    <section className="panel" data-testid="shadow">
      <h2>{say(administrationWords.shadow)}</h2>
      <ProblemNote error={error ?? shadow.error} />
      {tried.length === 0 && <p className="table-faint">{say(administrationWords.noShadow)}</p>}
      {tried.map(({ rule, name, value }) => (
        <p key={`${rule} ${name}`}>
          {say(lookUp(ruleWords, rule))} · {say(lookUp(settingWords, name))}: {shadow.answer?.inForce[rule]?.[name]} →{' '}
          <b>{value}</b>
        </p>
      ))}
      {mayEdit && tried.length > 0 && (
        <Button size="small" loading={busy} onClick={end}>
          {say(administrationWords.endShadow)}
        </Button>
      )}
    </section>
  )
}
