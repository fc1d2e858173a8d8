import type { RescueCase } from '@lifeline/contracts'
import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { Field } from '../../frame/field.tsx'
import { clockText } from '../../frame/time-text.ts'
import { useLanguage } from '../../language.tsx'
import { openCases } from '../../live/case-book.ts'
import { useDeskView } from '../../live/desk-context.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'

const { formWords, ruleWords } = dictionary

/** Says that a case is part of another, as several lifts in one power cut. Those of the same site come first. */
export function LinkForm({ rescue, busy, onSubmit, onCancel }: FormProps<'link'>) {
  const { say } = useLanguage()
  const { cases } = useDeskView()
  const [parentId, setParentId] = useState('')
  const near = ({ siteId }: RescueCase): number => Number(siteId === rescue.siteId)
  const candidates = openCases(cases)
    .filter(({ id }) => id !== rescue.id)
    .toSorted((a, b) => near(b) - near(a) || b.openedAt - a.openedAt)
  return (
    <FormFrame
      action="link"
      complete={parentId !== ''}
      busy={busy}
      onSubmit={() => onSubmit({ parentId })}
      onCancel={onCancel}
    >
      <Field label={say(formWords.parent)}>
        {(id) => (
          <select
            id={id}
            value={parentId}
            onChange={({ target }) => setParentId(target.value)}
            data-testid="field-parent"
          >
            <option value="">{say(candidates.length === 0 ? formWords.noParent : formWords.choose)}</option>
            {candidates.map(({ id, rule, address, openedAt }) => (
              <option key={id} value={id}>
                {say(ruleWords[rule])} {address} {clockText(openedAt)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FormFrame>
  )
}
