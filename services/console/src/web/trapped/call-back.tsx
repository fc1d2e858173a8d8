import type { ActionBody, RescueCase } from '@lifeline/contracts'
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { useKeys } from '../frame/use-keys.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import { callBackClock } from './call-back-clock.ts'
import { type Afflictions, ConditionTiles, conditionOf } from './condition-tiles.tsx'
import { conditions } from './conditions.ts'
import { TrappedTiles } from './trapped-tiles.tsx'

const { callWords } = dictionary

/** When the trapped are to be called next, and what came of it: calm at one press, a change in a small form. */
export function CallBack(props: {
  readonly rescue: RescueCase
  readonly busy: boolean
  readonly onAct: (body: ActionBody<'call-back'>) => void
}) {
  const { rescue, busy, onAct } = props
  const { say } = useLanguage()
  const now = useNow()
  const [changing, setChanging] = useState(false)
  const clock = callBackClock(rescue, now)
  useKeys({ b: clock === undefined ? undefined : () => onAct({ reached: true }) })
  if (clock === undefined) return null
  const { overdue, text } = clock
  return (
    <div className={overdue ? 'call-back call-back-over' : 'call-back'} data-testid="call-back" data-overdue={overdue}>
      <div className="call-back-clock">
        <span>{say(overdue ? callWords.callBackOver : callWords.callBackIn)}</span>
        <b className="code">{text}</b>
      </div>
      {changing ? (
        <ChangeForm
          rescue={rescue}
          onSubmit={(body) => {
            onAct(body)
            setChanging(false)
          }}
        />
      ) : (
        <div className="call-back-answers">
          <Button disabled={busy} onClick={() => onAct({ reached: true })} data-testid="call-back-reached">
            {say(callWords.reached)} <kbd>B</kbd>
          </Button>
          <Button disabled={busy} onClick={() => onAct({ reached: false })} data-testid="call-back-missed">
            {say(callWords.notReached)}
          </Button>
          <Button disabled={busy} onClick={() => setChanging(true)} data-testid="call-back-worse">
            {say(callWords.worse)}
          </Button>
        </div>
      )}
    </div>
  )
}

function ChangeForm(props: {
  readonly rescue: RescueCase
  readonly onSubmit: (body: ActionBody<'call-back'>) => void
}) {
  const { rescue, onSubmit } = props
  const { say } = useLanguage()
  const { condition } = rescue
  const [trapped, setTrapped] = useState(rescue.trapped)
  const [chosen, setChosen] = useState<Afflictions>(() => new Set(conditions.filter((one) => condition[one])))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSubmit({ reached: true, condition: conditionOf(chosen), ...(trapped === undefined ? {} : { trapped }) })
  }
  return (
    <form onSubmit={submit} className="call-back-form">
      <TrappedTiles value={trapped} onChange={setTrapped} testId="call-back-trapped" />
      <ConditionTiles chosen={chosen} onChange={setChosen} testId="call-back-condition" />
      <Button type="primary" htmlType="submit" data-testid="call-back-submit">
        {say(callWords.callBack)}
      </Button>
    </form>
  )
}
