import type { RescueCase, Unit } from '@lifeline/contracts'
import { memo } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { clockText } from '../frame/time-text.ts'
import { useLanguage } from '../language.tsx'
import { pathOfIncident } from '../route.ts'
import { AssignedUnit } from './assigned-unit.tsx'
import { CaseClock } from './case-clock.tsx'
import { CaseMarks } from './case-marks.tsx'
import { peopleTrapped } from './people-trapped.ts'

const { confidenceWords, kindWords, levelWords, outcomeWords, queueWords, ruleWords, severityWords, stateWords } =
  dictionary

/** One case in the queue: what, where, how far, how long still, who. All of it leads to the case's page. */
export const IncidentRow = memo(function IncidentRow(props: {
  readonly rescue: RescueCase
  readonly unit: Unit | undefined
}) {
  const { rescue, unit } = props
  const { say } = useLanguage()
  const { id, rule, kind, lifeSafety, severity, state, level, confidence, outcome } = rescue
  const trapped = peopleTrapped(rescue)
  const risk = state === 'closed' ? 'closed' : lifeSafety ? 'life' : severity
  return (
    <article
      className={`row row-${risk}${rescue.drill ? ' drill-edge' : ''}`}
      data-testid="incident-row"
      data-incident-id={id}
      data-state={state}
      data-priority={rescue.priority}
    >
      <div className="row-what">
        <AppLink href={pathOfIncident(id)} className="row-rule">
          {say(ruleWords[rule])}
        </AppLink>
        <span className="row-sub">
          {say(severityWords[severity])} · {say(confidenceWords[confidence])} · {say(kindWords[kind])}
          {trapped !== undefined && trapped > 0 && <b> · {say(queueWords.trapped, { n: trapped })}</b>}
        </span>
      </div>
      <div className="row-where">
        <span className="row-address">{rescue.address === '' ? say(queueWords.unknownAddress) : rescue.address}</span>
        <span className="row-sub">
          {rescue.rescueCode === undefined ? (
            <b className="code">{rescue.deviceId}</b>
          ) : (
            <>
              {say(queueWords.rescueCode)} <b className="code">{rescue.rescueCode}</b>
            </>
          )}
          <span> · {clockText(rescue.openedAt)}</span>
        </span>
        <CaseMarks rescue={rescue} />
      </div>
      <div className="row-state">
        <span className={`state state-${state}`}>{say(stateWords[state])}</span>
        <span className="row-sub">
          {outcome === undefined ? say(levelWords[level]) : say(outcomeWords[outcome.kind])}
        </span>
      </div>
      <CaseClock rescue={rescue} />
      <div className="row-who">
        <AssignedUnit rescue={rescue} unit={unit} />
      </div>
    </article>
  )
})
