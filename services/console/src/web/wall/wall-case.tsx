import type { RescueCase, Unit } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { CaseClock } from '../queue/case-clock.tsx'
import { CaseMarks } from '../queue/case-marks.tsx'
import { peopleTrapped } from '../queue/people-trapped.ts'

const { queueWords, ruleWords, stateWords } = dictionary

/** A case for the wall: readable from the other side of the room. */
export function WallCase({ rescue, unit }: { readonly rescue: RescueCase; readonly unit: Unit | undefined }) {
  const { say } = useLanguage()
  const { rule, state, lifeSafety, severity, drill, address } = rescue
  const trapped = peopleTrapped(rescue)
  return (
    <article
      className={`wall-case row-${lifeSafety ? 'life' : severity}${drill ? ' drill-edge' : ''}`}
      data-testid="wall-case"
      data-state={state}
    >
      <h2>
        {say(ruleWords[rule])}
        {trapped !== undefined && trapped > 0 && <small>{say(queueWords.trapped, { n: trapped })}</small>}
      </h2>
      <div>
        <p>{address}</p>
        <CaseMarks rescue={rescue} />
      </div>
      <div>
        <b className={`state state-${state}`}>{say(stateWords[state])}</b>
        <p className="wall-unit">{unit?.name ?? ''}</p>
      </div>
      <CaseClock rescue={rescue} />
    </article>
  )
}
