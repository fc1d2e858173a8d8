import type { RescueCase } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import { pathOfIncident } from '../route.ts'
import { AppLink } from './app-link.tsx'
import { whenText } from './time-text.ts'

const { callWords, outcomeWords, ruleWords, stateWords } = dictionary

/** A case in one line of a list that is not the queue. */
export function CaseLine({ rescue, withAddress }: { readonly rescue: RescueCase; readonly withAddress: boolean }) {
  const { say } = useLanguage()
  const now = useNow()
  const { id, rule, state, openedAt, outcome, drill, address, lifeSafety } = rescue
  return (
    <AppLink href={pathOfIncident(id)} className="case-line" data-testid="case-line" data-incident-id={id}>
      <time>{whenText(openedAt, now)}</time>
      <b className={lifeSafety ? 'alert-text' : ''}>
        {say(ruleWords[rule])}
        {drill && ` (${say(callWords.drill)})`}
      </b>
      {withAddress && <span>{address}</span>}
      <span className={`state-${state}`}>
        {outcome === undefined ? say(stateWords[state]) : say(outcomeWords[outcome.kind])}
      </span>
    </AppLink>
  )
}
