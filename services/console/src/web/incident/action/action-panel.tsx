import type { Action, RescueCase, SessionUser } from '@lifeline/contracts'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { ProblemNote } from '../../frame/problem-note.tsx'
import { useKeys } from '../../frame/use-keys.ts'
import { useLanguage } from '../../language.tsx'
import { useDeskView } from '../../live/desk-context.tsx'
import { AssignedUnit } from '../../queue/assigned-unit.tsx'
import { isDesk } from '../../session.ts'
import { CallBack } from '../../trapped/call-back.tsx'
import { TakenBy } from '../taken-by.tsx'
import { useCaseAct } from '../use-case-act.ts'
import { ActionForm, type FormAction, isPlain } from './action-form.tsx'
import { nextActions } from './next-actions.ts'

/** A case goes forward only: the second press of a double click must not be the next step. */
const settleMs = 1_000
const ending: readonly Action[] = ['false-alarm', 'close']
const { actionWords, formWords, nextStepWords, noticeWords } = dictionary

/** What can be done now: the next step as one large button, everything else small, the forms in their place. */
export function ActionPanel(props: {
  readonly rescue: RescueCase
  readonly user: SessionUser
  /** No channel has told the unit of the case: it has to be telephoned. */
  readonly unreached: boolean
}) {
  const { rescue, user, unreached } = props
  const { say } = useLanguage()
  const { busy, error, act } = useCaseAct(rescue.id)
  const [form, setForm] = useState<FormAction>()
  const settled = useSettled(rescue.state)
  const unit = useDeskView().units.get(rescue.assignedTo ?? '')
  const { primary, others } = nextActions(rescue, user.role)
  const open = form !== undefined && (form === primary || others.includes(form)) ? form : undefined
  const close = (): void => setForm(undefined)

  const press = (action: Action): void => (isPlain(action) ? act(action, {}) : setForm(action))
  const pressed = (action: Action) => (others.includes(action) ? () => setForm(action as FormAction) : undefined)
  useKeys({
    '1': primary !== undefined && open === undefined && settled ? () => press(primary) : undefined,
    e: pressed('escalate'),
    h: pressed('hold'),
    o: pressed('note'),
  })
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
      <TakenBy rescue={rescue} user={user} busy={busy} onTake={() => act('take', {})} />
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
                {unreached && (
                  <b className="alert-text" role="alert" data-testid="unreached">
                    {say(noticeWords.unreached)}
                  </b>
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
                {say(actionWords[primary])} <kbd>1</kbd>
              </Button>
            </>
          )}
          {isDesk(user) && <CallBack rescue={rescue} busy={busy} onAct={(body) => act('call-back', body)} />}
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
          onAct={(action, body) => act(action, body, close)}
          onCancel={close}
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
