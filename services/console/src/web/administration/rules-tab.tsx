import type { Kind, RuleSettings } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { useCallback, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { SettingsTable } from '../settings/settings-table.tsx'
import { ShadowPanel } from './shadow-panel.tsx'

type Candidate = Partial<Record<Kind, RuleSettings>>
const { kindWords } = dictionary
const kinds = ['elevator', 'tower-crane', 'hoist'] as const satisfies readonly Kind[]
const path = '/rules/shadow'

/** Settings of all machines of a kind, put in force or tried in shadow. */
export function RulesTab({ mayEdit }: { readonly mayEdit: boolean }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const [kind, setKind] = useState<Kind>('elevator')
  const shadow = useAnswer(useCallback(() => api.ask<Candidate>('GET', path), [api]))
  const { [kind]: tried = {}, ...others } = shadow.answer ?? {}
  const put = async (candidate: Candidate): Promise<void> =>
    shadow.setAnswer(await api.ask<Candidate>('PUT', path, candidate))
  return (
    <>
      <Segmented
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value, label: say(kindWords[value]) }))}
        data-testid="rules-kind"
      />
      <ProblemNote error={shadow.error} />
      {shadow.answer !== undefined && (
        <>
          <ShadowPanel key={kind} kind={kind} candidate={tried} mayEdit={mayEdit} onEnd={() => put(others)} />
          <SettingsTable
            key={`of ${kind}`}
            owner={{ kind }}
            kind={kind}
            mayEdit={mayEdit}
            onTry={(changes) => put({ ...others, [kind]: together(tried, changes) })}
          />
        </>
      )}
    </>
  )
}

/** Both, the later where they differ. */
function together(before: RuleSettings, after: RuleSettings): RuleSettings {
  const rules = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries([...rules].map((rule) => [rule, { ...before[rule], ...after[rule] }]))
}
