import type { RescueCase } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { useLanguage } from '../language.tsx'
import { CaseClock } from '../queue/case-clock.tsx'
import { CaseMarks } from '../queue/case-marks.tsx'
import { peopleTrapped } from '../queue/people-trapped.ts'

const {
  confidenceWords,
  incidentWords,
  kindWords,
  levelWords,
  outcomeWords,
  queueWords,
  ruleWords,
  severityWords,
  stateWords,
} = dictionary

/** The same in one glance as in the queue: what, where, how far, how long still. */
export function IncidentHead({ rescue }: { readonly rescue: RescueCase }) {
  const { say } = useLanguage()
  const { rule, kind, lifeSafety, severity, state, level, confidence, address, rescueCode, outcome } = rescue
  const trapped = peopleTrapped(rescue)
  const risk = state === 'closed' ? 'closed' : lifeSafety ? 'life' : severity
  return (
    <header className={`row head row-${risk}${rescue.drill ? ' drill-edge' : ''}`} data-state={state}>
      <AppLink href="/" className="back" data-testid="back" aria-label={say(incidentWords.back)}>
        ←
      </AppLink>
      <div className="row-what">
        <h1 className="row-rule">{say(ruleWords[rule])}</h1>
        <span className="row-sub">
          {say(severityWords[severity])} · {say(confidenceWords[confidence])} · {say(kindWords[kind])}
          {trapped !== undefined && trapped > 0 && <b> · {say(queueWords.trapped, { n: trapped })}</b>}
        </span>
      </div>
      <div className="row-where">
        <span className="row-address">{address === '' ? say(queueWords.unknownAddress) : address}</span>
        <span className="row-sub">
          {rescueCode !== undefined && (
            <>
              {say(queueWords.rescueCode)} <b className="code head-code">{rescueCode}</b>
            </>
          )}
          <CaseMarks rescue={rescue} />
        </span>
      </div>
      <div className="row-state">
        <span className={`state state-${state}`} data-testid="state">
          {say(stateWords[state])}
        </span>
        <span className="row-sub">
          {outcome === undefined ? say(levelWords[level]) : say(outcomeWords[outcome.kind])}
        </span>
      </div>
      <CaseClock rescue={rescue} />
    </header>
  )
}
