import type { Linkage, RescueCase } from '@lifeline/contracts'
import { useCallback } from 'react'
import type { Page } from '../../api/api-client.ts'
import { dictionary } from '../../dictionary/dictionary.ts'
import { ProblemNote } from '../../frame/problem-note.tsx'
import { whenText } from '../../frame/time-text.ts'
import { useAnswer } from '../../frame/use-answer.ts'
import { useLanguage } from '../../language.tsx'
import { useDesk, useNow } from '../../live/desk-context.tsx'

const refreshMs = 5_000
const { linkageReasonWords, linkageStateWords, linkageTargetWords, noticeWords } = dictionary
const looks: Readonly<Record<Linkage['state'], string>> = {
  waiting: 'notice',
  published: 'notice',
  acknowledged: 'good-text',
  unanswered: 'alert-text',
  withdrawn: 'table-faint',
}

/** What 119, 120 and the emergency bureau were asked for the case, and whether they have taken it. */
export function LinkageList({ rescue: { id } }: { readonly rescue: RescueCase }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const now = useNow()
  const ask = useCallback(
    () => api.ask<Page<Linkage>>('GET', `/incidents/${encodeURIComponent(id)}/linkages`),
    [api, id],
  )
  const { answer, error } = useAnswer(ask, refreshMs)
  return (
    <>
      <ProblemNote error={error} />
      <ol>
        {answer?.items.map(({ id: linkageId, target, reason, state, at, acknowledgedAt, reference, error: why }) => (
          <li key={linkageId} data-testid="linkage" data-state={state}>
            <time>{whenText(at, now)}</time>
            <b className={looks[state]}>{say(linkageStateWords[state])}</b>
            <span className="entry-text">
              {say(linkageTargetWords[target])} · {say(linkageReasonWords[reason])}
              {reference !== undefined && ` · ${say(noticeWords.reference, { n: reference })}`}
              {why !== undefined && state !== 'acknowledged' && <b className="alert-text"> · {why}</b>}
            </span>
            <span className="entry-by">{acknowledgedAt !== undefined && whenText(acknowledgedAt, now)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
