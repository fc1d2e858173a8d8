import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { useLanguage } from '../../language.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'
import { OtherCase } from './other-case.tsx'

/** Says that the case is the same event as another, which goes on for both. */
export function MergeForm({ rescue, busy, onSubmit, onCancel }: FormProps<'merge'>) {
  const { say } = useLanguage()
  const { callWords } = dictionary
  const [intoId, setIntoId] = useState('')
  return (
    <FormFrame
      action="merge"
      complete={intoId !== ''}
      busy={busy}
      onSubmit={() => onSubmit({ intoId })}
      onCancel={onCancel}
    >
      <OtherCase
        label={say(callWords.mergeInto)}
        besides={rescue}
        value={intoId}
        onChange={setIntoId}
        testId="field-into"
      />
      <p className="notice">{say(callWords.mergeHint)}</p>
    </FormFrame>
  )
}
