import type { Action, ActionBody, RescueCase } from '@lifeline/contracts'
import type { ReactNode } from 'react'
import { AssignForm } from './assign-form.tsx'
import { CloseForm } from './close-form.tsx'
import { FreeForm } from './free-form.tsx'
import { HoldForm } from './hold-form.tsx'
import { NoteForm } from './note-form.tsx'
import { OtherCaseForm } from './other-case-form.tsx'
import { ReasonForm } from './reason-form.tsx'
import { SplitForm } from './split-form.tsx'

/** What every form of an action is given. */
export interface FormProps<A extends Action> {
  readonly rescue: RescueCase
  readonly busy: boolean
  readonly onSubmit: (body: ActionBody<A>) => void
  readonly onCancel: () => void
}

/** The actions that need no form: their name says everything. */
export type PlainAction = 'accept' | 'depart' | 'arrive'
export type FormAction = Exclude<Action, PlainAction>

export const isPlain = (action: Action): action is PlainAction =>
  action === 'accept' || action === 'depart' || action === 'arrive'

/** The form of an action that needs one. */
export function ActionForm(props: {
  readonly action: FormAction
  readonly rescue: RescueCase
  readonly busy: boolean
  readonly onAct: <A extends Action>(action: A, body: ActionBody<A>) => void
  readonly onCancel: () => void
}): ReactNode {
  const { action, onAct, ...rest } = props
  switch (action) {
    case 'assign':
      return <AssignForm {...rest} onSubmit={(body) => onAct(action, body)} />
    case 'free':
      return <FreeForm {...rest} onSubmit={(body) => onAct(action, body)} />
    case 'hold':
      return <HoldForm {...rest} onSubmit={(body) => onAct(action, body)} />
    case 'note':
      return <NoteForm {...rest} onSubmit={(body) => onAct(action, body)} />
    case 'link':
      return <OtherCaseForm {...rest} action={action} onSubmit={(parentId) => onAct(action, { parentId })} />
    case 'close':
      return <CloseForm {...rest} onSubmit={(body) => onAct(action, body)} />
    case 'escalate':
    case 'false-alarm':
      return <ReasonForm {...rest} action={action} onSubmit={(body) => onAct(action, body)} />
    case 'merge':
      return <OtherCaseForm {...rest} action={action} onSubmit={(intoId) => onAct(action, { intoId })} />
    case 'split':
      return <SplitForm {...rest} onSubmit={(body) => onAct(action, body)} />
    // They have places of their own on the page.
    case 'call-back':
    case 'decide':
    case 'take':
      return null
  }
}
