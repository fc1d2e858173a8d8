import { useCallback } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { readContacts } from './roster-api.ts'

const { rosterWords } = dictionary

/** How a unit is told, in the order in which it is tried. */
export function UnitContactList({ unitId }: { readonly unitId: string }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const { answer, error } = useAnswer(useCallback(() => readContacts(api, unitId), [api, unitId]))
  return (
    <>
      <h2>{say(rosterWords.contacts)}</h2>
      <ProblemNote error={error} />
      {answer?.contacts.length === 0 && <p className="table-faint">{say(rosterWords.noContacts)}</p>}
      <ol className="numbered">
        {answer?.contacts.map(({ channel, address }) => (
          <li key={`${channel} ${address}`}>
            {channel} · {address}
          </li>
        ))}
      </ol>
    </>
  )
}
