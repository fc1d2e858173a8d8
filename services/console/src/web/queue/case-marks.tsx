import type { RescueCase } from '@lifeline/contracts'
import type { Bilingual } from '../dictionary/bilingual.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import { dueClock } from '../trapped/call-back-clock.ts'
import { conditions } from '../trapped/conditions.ts'

const { callWords, conditionWords, priorityWords } = dictionary

/** What sets a case apart at a glance: drill, priority, who is unwell, a question or a call that is due. */
export function CaseMarks({ rescue }: { readonly rescue: RescueCase }) {
  const { say } = useLanguage()
  const { drill, priority, condition, proposals, state, takenBy, deadlines } = rescue
  const closed = state === 'closed'
  const ill = conditions.filter((one) => condition[one])
  const asked = proposals.filter((proposal) => proposal.state === 'open')
  return (
    <span className="marks">
      {drill && (
        <b className="mark mark-drill" data-testid="drill">
          {say(callWords.drill)}
        </b>
      )}
      {!closed && priority < 4 && <b className={`mark mark-p${priority}`}>{say(priorityWords[priority])}</b>}
      {ill.map((one) => (
        <b key={one} className="mark mark-ill">
          {say(conditionWords[one])}
        </b>
      ))}
      {asked.map(({ service }) => (
        <b key={service} className="mark mark-ask">
          {service}?
        </b>
      ))}
      {!closed && <DueMark word={callWords.ackDue} by={deadlines.ackBy} testId="ack-mark" />}
      {!closed && <DueMark word={callWords.callBackDue} by={deadlines.callBackBy} testId="call-back-mark" />}
      {!closed && takenBy !== undefined && <span className="mark mark-taken">{takenBy.name}</span>}
    </span>
  )
}

function DueMark(props: { readonly word: Bilingual; readonly by: number | undefined; readonly testId: string }) {
  const { say } = useLanguage()
  const clock = dueClock(props.by, useNow())
  if (clock === undefined) return null
  return (
    <b className={clock.overdue ? 'mark mark-call mark-call-over' : 'mark mark-call'} data-testid={props.testId}>
      {say(props.word)} {clock.text}
    </b>
  )
}
