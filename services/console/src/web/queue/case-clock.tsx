import type { RescueCase } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { clockText, whenText } from '../frame/time-text.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import { countdownOf, durationText } from './countdown.ts'

const { queueWords, stepWords } = dictionary
const labels = {
  accept: { running: queueWords.acceptBy, over: queueWords.acceptOver },
  arrive: { running: queueWords.arriveBy, over: queueWords.arriveOver },
} as const

/** The clock of a case: what it waits for and how long still; how long it lasts where nothing runs. */
export function CaseClock({ rescue }: { readonly rescue: RescueCase }) {
  const { say } = useLanguage()
  const now = useNow()
  const { openedAt, closedAt, holdUntil } = rescue
  if (rescue.state === 'closed') {
    return (
      <div className="case-clock">
        <span className="case-clock-label">{say(stepWords.closed)}</span>
        <span className="case-clock-ended">{whenText(closedAt ?? openedAt, now)}</span>
      </div>
    )
  }
  const countdown = countdownOf(rescue, now)
  if (countdown === undefined) {
    return (
      <div className="case-clock">
        <span className="case-clock-label">{say(queueWords.elapsed)}</span>
        <span className="case-clock-elapsed">{durationText(now - openedAt)}</span>
      </div>
    )
  }
  const { until, overdue, pressing, text } = countdown
  const look = overdue ? 'case-clock-over' : pressing ? 'case-clock-pressing' : 'case-clock-running'
  return (
    <div className={`case-clock ${look}`} data-testid="countdown" data-overdue={overdue}>
      <span className="case-clock-label">
        {say(overdue ? labels[until].over : labels[until].running)}
        {holdUntil !== undefined && holdUntil > now && <em title={clockText(holdUntil)}> · {say(queueWords.held)}</em>}
      </span>
      <span className="case-clock-digits">{text}</span>
    </div>
  )
}
