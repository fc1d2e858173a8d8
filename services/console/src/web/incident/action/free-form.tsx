import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { CountField } from '../../frame/count-field.tsx'
import { useLanguage } from '../../language.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'
import { peopleFreed } from './people-freed.ts'

export function FreeForm({ rescue, busy, onSubmit, onCancel }: FormProps<'free'>) {
  const { say } = useLanguage()
  const [freed, setFreed] = useState(() => peopleFreed(rescue))
  return (
    <FormFrame
      action="free"
      complete={freed !== undefined}
      busy={busy}
      onSubmit={() => freed !== undefined && onSubmit({ freed })}
      onCancel={onCancel}
    >
      <CountField
        label={say(dictionary.formWords.freed)}
        value={freed}
        onChange={setFreed}
        testId="field-freed"
        autoFocus
      />
    </FormFrame>
  )
}
