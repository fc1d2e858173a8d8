import type { RescueCase } from '@lifeline/contracts'
import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { Field } from '../../frame/field.tsx'
import { clockText } from '../../frame/time-text.ts'
import { useLanguage } from '../../language.tsx'
import { openCases } from '../../live/case-book.ts'
import { useDeskView } from '../../live/desk-context.tsx'
import { FormFrame } from './form-frame.tsx'

const { callWords, formWords, ruleWords } = dictionary
const labels = { link: formWords.parent, merge: callWords.mergeInto } as const

/**
 * Names another open case: the one that this is part of, as several lifts in one power cut (`link`), or the one that is
 * the same event and goes on for both (`merge`). Those of the same machine come first, then of the same site; drills
 * only among drills.
 */
export function OtherCaseForm(props: {
  readonly action: 'link' | 'merge'
  readonly rescue: RescueCase
  readonly busy: boolean
  readonly onSubmit: (otherId: string) => void
  readonly onCancel: () => void
}) {
  const { action, rescue: besides, busy, onSubmit, onCancel } = props
  const { say } = useLanguage()
  const { cases } = useDeskView()
  const [otherId, setOtherId] = useState('')
  const near = ({ siteId, deviceId }: RescueCase): number =>
    Number(siteId === besides.siteId) + Number(deviceId === besides.deviceId)
  const candidates = openCases(cases)
    .filter(({ id, drill }) => id !== besides.id && drill === besides.drill)
    .toSorted((a, b) => near(b) - near(a) || b.openedAt - a.openedAt)
  return (
    <FormFrame
      action={action}
      complete={otherId !== ''}
      busy={busy}
      onSubmit={() => onSubmit(otherId)}
      onCancel={onCancel}
    >
      <Field label={say(labels[action])}>
        {(id) => (
          <select
            id={id}
            value={otherId}
            onChange={({ target }) => setOtherId(target.value)}
            data-testid={`field-${action}`}
          >
            <option value="">{say(candidates.length === 0 ? formWords.noParent : formWords.choose)}</option>
            {candidates.map((rescue) => (
              <option key={rescue.id} value={rescue.id}>
                {say(ruleWords[rescue.rule])} {rescue.address} {clockText(rescue.openedAt)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {action === 'merge' && <p className="notice">{say(callWords.mergeHint)}</p>}
    </FormFrame>
  )
}
