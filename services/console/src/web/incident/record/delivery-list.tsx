import type { Delivery, RescueCase, SessionUser } from '@lifeline/contracts'
import { useCallback } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { ProblemNote } from '../../frame/problem-note.tsx'
import { whenText } from '../../frame/time-text.ts'
import { useAnswer } from '../../frame/use-answer.ts'
import { useLanguage } from '../../language.tsx'
import { useDesk, useDeskView, useNow } from '../../live/desk-context.tsx'
import { failureText } from '../../roster/failure-text.ts'
import { readChannels } from '../../roster/roster-api.ts'
import { isDesk } from '../../session.ts'
import { LinkageList } from './linkage-list.tsx'
import type { Deliveries } from './use-deliveries.ts'

const { deliveryWords, noticeWords } = dictionary
const looks: Readonly<Record<Delivery['result'], string>> = {
  sent: 'good-text',
  under_way: 'notice',
  failed: 'alert-text',
  refused: 'alert-text',
  not_sent: 'alert-text',
}

/** Every attempt to tell somebody of the case, the last first: whom, by what, how it went, and why not. */
export function DeliveryList(props: {
  readonly deliveries: Deliveries
  readonly rescue: RescueCase
  readonly user: SessionUser
}) {
  const { deliveries, rescue, user } = props
  const { api } = useDesk()
  const { units } = useDeskView()
  const { say } = useLanguage()
  const now = useNow()
  const atDesk = isDesk(user)
  const channels = useAnswer(useCallback(() => (atDesk ? readChannels(api) : Promise.resolve([])), [api, atDesk]))
  const { answer, error } = deliveries
  return (
    <div className="timeline" data-testid="deliveries">
      <ProblemNote error={error ?? channels.error} />
      {(atDesk || user.role === 'regulator') && <LinkageList rescue={rescue} />}
      {answer?.length === 0 && <p className="table-faint">{say(noticeWords.none)}</p>}
      <ol>
        {answer?.toReversed().map(({ noticeId, at, unitId, channel, result, error: why, durationMs }) => (
          <li key={`${noticeId} ${channel} ${at}`} data-testid="delivery" data-result={result}>
            <time>{whenText(at, now)}</time>
            <b className={looks[result]}>{say(deliveryWords[result])}</b>
            <span className="entry-text">
              {units.get(unitId)?.name ?? unitId}
              {channel !== undefined && ` · ${channels.answer?.find(({ id }) => id === channel)?.name ?? channel}`}
              {why !== undefined && <b className="alert-text"> · {failureText(why, say)}</b>}
            </span>
            <span className="entry-by">
              {durationMs !== undefined && say(noticeWords.took, { n: (durationMs / 1000).toFixed(1) })}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
