import { useState } from 'react'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'
import { ReasonField } from './reason-field.tsx'

/** For the actions that only need a reason. */
export function ReasonForm(
  props: FormProps<'escalate' | 'false-alarm'> & { readonly action: 'escalate' | 'false-alarm' },
) {
  const { action, busy, onSubmit, onCancel } = props
  const [reason, setReason] = useState('')
  const given = reason.trim()
  return (
    <FormFrame
      action={action}
      complete={given !== ''}
      busy={busy}
      onSubmit={() => onSubmit({ reason: given })}
      onCancel={onCancel}
    >
      <ReasonField action={action} value={reason} onChange={setReason} />
    </FormFrame>
  )
}
