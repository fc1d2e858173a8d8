import type { ActionBody } from '@lifeline/contracts'
import { Input } from 'antd'
import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { ChoiceTiles } from '../../frame/choice-tiles.tsx'
import { CountField } from '../../frame/count-field.tsx'
import { Field } from '../../frame/field.tsx'
import { useLanguage } from '../../language.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'
import { peopleFreed } from './people-freed.ts'

type Cause = ActionBody<'close'>['cause']
const { causeWords, formWords } = dictionary
const causes = Object.keys(causeWords) as Cause[]

/** Ends a case: nothing is guessed that was not recorded but what is almost always so, nobody hurt. */
export function CloseForm({ rescue, busy, onSubmit, onCancel }: FormProps<'close'>) {
  const { say } = useLanguage()
  const [freed, setFreed] = useState(() => (rescue.lifeSafety ? peopleFreed(rescue) : 0))
  const [injured, setInjured] = useState<number | undefined>(0)
  const [cause, setCause] = useState<Cause>()
  const [text, setText] = useState('')
  const body =
    freed === undefined || injured === undefined || cause === undefined
      ? undefined
      : { freed, injured, cause, ...(text.trim() === '' ? {} : { text: text.trim() }) }
  return (
    <FormFrame
      action="close"
      complete={body !== undefined}
      busy={busy}
      onSubmit={() => body !== undefined && onSubmit(body)}
      onCancel={onCancel}
    >
      <div className="field-pair">
        <CountField label={say(formWords.freed)} value={freed} onChange={setFreed} testId="field-freed" autoFocus />
        <CountField label={say(formWords.injured)} value={injured} onChange={setInjured} testId="field-injured" />
      </div>
      <ChoiceTiles
        label={say(formWords.cause)}
        options={causes.map((value) => ({ value, label: say(causeWords[value]) }))}
        value={cause}
        onChange={setCause}
        testId="field-cause"
      />
      <Field label={say(formWords.remark)}>
        {(id) => (
          <Input id={id} value={text} onChange={({ target }) => setText(target.value)} data-testid="field-text" />
        )}
      </Field>
    </FormFrame>
  )
}
