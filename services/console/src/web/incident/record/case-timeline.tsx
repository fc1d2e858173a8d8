import type { RescueCase } from '@lifeline/contracts'
import { dictionary, lookUp } from '../../dictionary/dictionary.ts'
import { whenText } from '../../frame/time-text.ts'
import { useLanguage } from '../../language.tsx'
import { useDeskView, useNow } from '../../live/desk-context.tsx'
import { entryText } from './entry-text.ts'

const { actorWords, eventWords } = dictionary

/** What happened, the last first. */
export function CaseTimeline({ timeline }: Pick<RescueCase, 'timeline'>) {
  const { say, language } = useLanguage()
  const { units } = useDeskView()
  const now = useNow()
  // It only ever grows at its end: an entry's place is its name.
  const entries = timeline.map((entry, place) => ({ entry, place })).reverse()
  return (
    <ol className="timeline" data-testid="timeline">
      {entries.map(({ entry, place }) => (
        <li key={place} data-what={entry.what}>
          <time>{whenText(entry.at, now)}</time>
          <b>{say(lookUp(eventWords, entry.what))}</b>
          <span className="entry-text">{entryText(entry, language, units)}</span>
          <span className="entry-by">{say(lookUp(actorWords, entry.by))}</span>
        </li>
      ))}
    </ol>
  )
}
