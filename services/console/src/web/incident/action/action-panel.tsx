import type { Action, ActionBody, RescueCase, SessionUser } from '@lifeline/contracts'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { ProblemNote } from '../../frame/problem-note.tsx'
import { useAction } from '../../frame/use-action.ts'
import { useLanguage } from '../../language.tsx'
import { useDesk, useDeskView } from '../../live/desk-context.tsx'
import { AssignedUnit } from '../../queue/assigned-unit.tsx'
import { ActionForm, type FormAction, isPlain } from './action-form.tsx'
import { nextActions } from './next-actions.ts'

/** A case goes forward only: the second press of a double click must not be the next step. */
const settleMs = 1_000
const ending: readonly Action[] = ['false-alarm', 'close']
const { actionWords, formWords, nextStepWords } = dictionary

/** What can be done now: the next step as one large button, everything else small, the forms in their place. */
export function ActionPanel({ rescue, user }: { readonly rescue: RescueCase; readonly user: SessionUser }) {
  const { api, live } = useDesk()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const [form, setForm] = useState<FormAction>()
  const settled = useSettled(rescue.state)
  const unit = useDeskView().units.get(rescue.assignedTo ?? '')
  const { primary, others } = nextActions(rescue, user.role)
  const open = form !== undefined && (form === primary || others.includes(form)) ? form : undefined

  const act = <A extends Action>(action: A, body: ActionBody<A>): void => {
    void run(async () => {
      live.take(await api.act(rescue.id, action, body))
      setForm(undefined)
    })
  }
  const press = (action: Action): void => (isPlain(action) ? act(action, {}) : setForm(action))
  const button = (action: Action) => (
    <Button
      key={action}
      danger={ending.includes(action)}
      disabled={busy || !settled}
      onClick={() => press(action)}
      data-testid={`action-${action}`}
    >
      {say(actionWords[action])}
    </Button>
  )
  return (
    <section className="panel actions">
      <ProblemNote error={error} />
      {open === undefined ? (
        <>
          {primary !== undefined && (
            <>
              <div className="next-step">
                {rescue.state !== 'freed' && (
                  <p>
                    <AssignedUnit rescue={rescue} unit={unit} />
                  </p>
                )}
                <p>{say(nextStepWords[rescue.state])}</p>
              </div>
              <Button
                type="primary"
                className="next-button"
                block
                loading={busy}
                disabled={!settled}
                onClick={() => press(primary)}
                data-testid={`action-${primary}`}
                data-primary
              >
                {say(actionWords[primary])}
              </Button>
            </>
          )}
          {rescue.state === 'closed' && <p className="next-step">{say(nextStepWords.closed)}</p>}
          {others.length > 0 && (
            <>
              <h2>{say(formWords.more)}</h2>
              <div className="other-actions">{others.filter((action) => !ending.includes(action)).map(button)}</div>
              <div className="other-actions ending">
                {others.filter((action) => ending.includes(action)).map(button)}
              </div>
            </>
          )}
        </>
      ) : (
        <ActionForm
          key={open}
          action={open}
          rescue={rescue}
          busy={busy}
          onAct={act}
          onCancel={() => setForm(undefined)}
        />
      )}
    </section>
  )
}

/** Whether the case has been in this state for a moment. */
function useSettled(state: RescueCase['state']): boolean {
  const [known, setKnown] = useState(state)
  useEffect(() => {
    const timer = setTimeout(() => setKnown(state), settleMs)
    return () => clearTimeout(timer)
  }, [state])
  return known === state
}
