import { useCallback, useMemo } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { clockText, whenText } from '../frame/time-text.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useKeys } from '../frame/use-keys.ts'
import { useLanguage } from '../language.tsx'
import { openCases } from '../live/case-book.ts'
import { useDesk, useDeskView, useNow } from '../live/desk-context.tsx'
import { compareCases } from '../queue/queue-order.ts'
import { readShifts } from '../roster/roster-api.ts'
import { go } from '../route.ts'
import { WallCase } from './wall-case.tsx'
import { WallDuty } from './wall-duty.tsx'

const { frameWords, ruleWords, wallWords } = dictionary
const mostShown = 6
const refreshMs = 60_000

/** For a wall that everybody sees and nobody touches: what presses, how long still, who is there, whether it lives. */
export function WallPage({ withDuty }: { readonly withDuty: boolean }) {
  const { api, clock } = useDesk()
  const { cases, units, link, heardAt } = useDeskView()
  const { say } = useLanguage()
  const now = useNow()
  useKeys({ escape: () => go('/') })
  const open = useMemo(() => openCases(cases).toSorted(compareCases), [cases])
  const pressing = open.filter(({ priority }) => priority < 4)
  const last = open.reduce<(typeof open)[number] | undefined>(
    (newest, rescue) => (newest === undefined || rescue.openedAt > newest.openedAt ? rescue : newest),
    undefined,
  )
  const shifts = useAnswer(
    useCallback(() => (withDuty ? readShifts(api, clock.now()) : Promise.resolve([])), [api, clock, withDuty]),
    refreshMs,
  )
  return (
    <main className="wall" data-testid="wall">
      <header>
        <b>{say(frameWords.product)}</b>
        <span className={`link link-${link}`} data-testid="link-state" data-link={link}>
          {say(frameWords[link])}
          {link === 'lost' && ` ${clockText(heardAt)}`}
        </span>
        <span>{say(wallWords.others, { n: open.length - pressing.length })}</span>
        <time>{clockText(now)}</time>
      </header>
      <section className="wall-cases">
        {pressing.length === 0 && <p className="wall-calm">{say(wallWords.noCase)}</p>}
        {pressing.slice(0, mostShown).map((rescue) => (
          <WallCase key={rescue.id} rescue={rescue} unit={units.get(rescue.assignedTo ?? '')} />
        ))}
        {pressing.length > mostShown && (
          <p className="wall-more">{say(wallWords.more, { n: pressing.length - mostShown })}</p>
        )}
      </section>
      <footer>
        <WallDuty units={[...units.values()]} shifts={shifts.answer ?? []} />
        <p data-testid="last-alarm">
          {say(wallWords.lastAlarm)}{' '}
          <b>
            {last === undefined
              ? say(wallWords.none)
              : `${whenText(last.openedAt, now)} ${say(ruleWords[last.rule])} ${last.address}`}
          </b>
        </p>
      </footer>
    </main>
  )
}
