import type { Action } from '@lifeline/contracts'
import { Button } from 'antd'
import type { FormEvent, KeyboardEvent, ReactNode } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { useLanguage } from '../../language.tsx'

/** What all forms have: what they do, their fields, and a way out (Escape too). */
export function FormFrame(props: {
  readonly action: Action
  readonly complete: boolean
  readonly busy: boolean
  readonly onSubmit: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}) {
  const { action, complete, busy, onSubmit, onCancel, children } = props
  const { say } = useLanguage()
  const { actionWords, formWords } = dictionary
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (complete) onSubmit()
  }
  const leave = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel()
  }
  return (
    <form className="action-form" onSubmit={submit} onKeyDown={leave} data-testid={`form-${action}`}>
      <h2>{say(actionWords[action])}</h2>
      {children}
      <div className="form-end">
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          loading={busy}
          disabled={!complete}
          data-testid={`submit-${action}`}
        >
          {say(actionWords[action])}
        </Button>
        <Button size="large" onClick={onCancel} data-testid={`cancel-${action}`}>
          {say(formWords.cancel)}
        </Button>
      </div>
    </form>
  )
}
