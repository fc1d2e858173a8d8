import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { ChoiceTiles } from '../../frame/choice-tiles.tsx'
import { useLanguage } from '../../language.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'
import { ReasonField } from './reason-field.tsx'

const choices = [3, 5, 10, 15] as const

/** Gives the unit a little longer before the case goes on to the next. */
export function HoldForm({ busy, onSubmit, onCancel }: FormProps<'hold'>) {
  const { say } = useLanguage()
  const { formWords } = dictionary
  const [minutes, setMinutes] = useState<(typeof choices)[number]>(5)
  const [reason, setReason] = useState('')
  const given = reason.trim()
  return (
    <FormFrame
      action="hold"
      complete={given !== ''}
      busy={busy}
      onSubmit={() => onSubmit({ minutes, reason: given })}
      onCancel={onCancel}
    >
      <ChoiceTiles
        label={say(formWords.minutes)}
        options={choices.map((value) => ({ value, label: say(formWords.minutesValue, { n: value }) }))}
        value={minutes}
        onChange={setMinutes}
        testId="field-minutes"
      />
      <ReasonField action="hold" value={reason} onChange={setReason} />
    </FormFrame>
  )
}
