import type { RescueCase } from '@lifeline/contracts'
import { useCallback } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { AppLink } from '../../frame/app-link.tsx'
import { ProblemNote } from '../../frame/problem-note.tsx'
import { whenText } from '../../frame/time-text.ts'
import { useAnswer } from '../../frame/use-answer.ts'
import { useLanguage } from '../../language.tsx'
import { useDesk, useDeskView, useNow } from '../../live/desk-context.tsx'
import { pathOf } from '../../route.ts'
import { pathOfPhoto, readCrew } from './crew-api.ts'

const refreshMs = 5_000
const { causeWords, crewWords } = dictionary

/** What the crews sent from where they are: their place, what they found, and their photos. */
export function CrewPanel({ rescue: { id, state } }: { readonly rescue: RescueCase }) {
  const { api } = useDesk()
  const { units } = useDeskView()
  const { say } = useLanguage()
  const now = useNow()
  const { answer, error } = useAnswer(
    useCallback(() => readCrew(api, id), [api, id]),
    state === 'closed' ? 0 : refreshMs,
  )
  const nameOf = (unitId: string): string => units.get(unitId)?.name ?? unitId
  const { positions = [], causes = [], photos = [] } = answer ?? {}
  const nothing = answer !== undefined && positions.length + causes.length + photos.length === 0
  return (
    <div className="timeline" data-testid="crew">
      <ProblemNote error={error} />
      {nothing && <p className="table-faint">{say(crewWords.none)}</p>}
      <ol>
        {positions.map(({ unitId, at, accuracy }) => (
          <li key={unitId} data-testid="crew-position">
            <time>{whenText(at, now)}</time>
            <b>{say(crewWords.position)}</b>
            <span className="entry-text">
              {nameOf(unitId)}
              {accuracy !== undefined && ` · ${say(crewWords.accuracy, { n: Math.round(accuracy) })}`}
            </span>
            <AppLink href={pathOf('map')} className="case-link">
              {say(crewWords.onMap)}
            </AppLink>
          </li>
        ))}
        {causes.map(({ unitId, at, cause, text }) => (
          <li key={unitId}>
            <time>{whenText(at, now)}</time>
            <b>{say(crewWords.cause)}</b>
            <span className="entry-text">
              {say(causeWords[cause])}
              {text !== undefined && ` · ${text}`}
            </span>
            <span className="entry-by">{nameOf(unitId)}</span>
          </li>
        ))}
      </ol>
      <div className="photos">
        {photos.map(({ id: photoId, unitId, at }) => (
          <a key={photoId} href={pathOfPhoto(id, photoId)} target="_blank" rel="noreferrer">
            <img src={pathOfPhoto(id, photoId)} alt={say(crewWords.photo)} data-testid="crew-photo" />
            <span>
              {whenText(at, now)} {nameOf(unitId)}
            </span>
          </a>
        ))}
      </div>
    </div>
  )
}
