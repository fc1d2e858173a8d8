import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { useLanguage } from '../../language.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'
import { OtherCase } from './other-case.tsx'

/** Says that a case is part of another, as several lifts in one power cut. Those of the same site come first. */
export function LinkForm({ rescue, busy, onSubmit, onCancel }: FormProps<'link'>) {
  const { say } = useLanguage()
  const [parentId, setParentId] = useState('')
  return (
    <FormFrame
      action="link"
      complete={parentId !== ''}
      busy={busy}
      onSubmit={() => onSubmit({ parentId })}
      onCancel={onCancel}
    >
      <OtherCase
        label={say(dictionary.formWords.parent)}
        besides={rescue}
        value={parentId}
        onChange={setParentId}
        testId="field-parent"
      />
    </FormFrame>
  )
}
