import { Input } from 'antd'
import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { Field } from '../../frame/field.tsx'
import { useLanguage } from '../../language.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'

export function NoteForm({ busy, onSubmit, onCancel }: FormProps<'note'>) {
  const { say } = useLanguage()
  const [text, setText] = useState('')
  const given = text.trim()
  return (
    <FormFrame
      action="note"
      complete={given !== ''}
      busy={busy}
      onSubmit={() => onSubmit({ text: given })}
      onCancel={onCancel}
    >
      <Field label={say(dictionary.formWords.text)}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoFocus
            rows={4}
            maxLength={2000}
            value={text}
            onChange={({ target }) => setText(target.value)}
            data-testid="field-text"
          />
        )}
      </Field>
    </FormFrame>
  )
}
