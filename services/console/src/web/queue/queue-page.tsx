import type { RescueCase } from '@lifeline/contracts'
import { Button, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useKeys } from '../frame/use-keys.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useDeskView } from '../live/desk-context.tsx'
import { focusRow } from './focus-row.ts'
import { IncidentRow } from './incident-row.tsx'
import { compareCases } from './queue-order.ts'

const { frameWords, queueWords } = dictionary
const filters = ['open', 'closed', 'all'] as const
type Filter = (typeof filters)[number]

const passes = (filter: Filter, { state }: RescueCase): boolean =>
  filter === 'all' || (filter === 'closed') === (state === 'closed')

/** The live queue: life safety first and largest, the rest below it. */
export function QueuePage() {
  const { live } = useDesk()
  const { cases, units, ready } = useDeskView()
  const { say } = useLanguage()
  const [filter, setFilter] = useState<Filter>('open')
  const [cursor, setCursor] = useState<string>()
  const { busy, error, run } = useAction()
  const sorted = useMemo(
    () => [...cases.values()].filter((rescue) => passes(filter, rescue)).toSorted(compareCases),
    [cases, filter],
  )
  useKeys({ arrowdown: () => focusRow(1), arrowup: () => focusRow(-1), j: () => focusRow(1), k: () => focusRow(-1) })
  const choose = (chosen: Filter): void => {
    setFilter(chosen)
    if (chosen !== 'open') void run(async () => setCursor(await live.readClosed()))
  }
  const lives = sorted.filter(({ lifeSafety, state }) => lifeSafety && state !== 'closed')
  const rest = sorted.slice(lives.length)
  const rows = (some: readonly RescueCase[]) =>
    some.map((rescue) => <IncidentRow key={rescue.id} rescue={rescue} unit={units.get(rescue.assignedTo ?? '')} />)
  return (
    <main className="queue">
      <nav className="queue-filter">
        <Segmented
          value={filter}
          onChange={choose}
          options={filters.map((value) => ({ value, label: say(queueWords[value]) }))}
          data-testid="queue-filter"
        />
      </nav>
      <ProblemNote error={error} />
      {lives.length > 0 && (
        <section aria-label={say(frameWords.lifeSafety)} className="queue-lives">
          {rows(lives)}
        </section>
      )}
      {rest.length > 0 && (
        <section aria-label={say(frameWords.otherCases)} className="queue-rest">
          {rows(rest)}
        </section>
      )}
      {sorted.length === 0 && (
        <p className="queue-none">
          {say(!ready ? queueWords.loading : filter === 'open' ? queueWords.none : queueWords.noneListed)}
        </p>
      )}
      {filter !== 'open' && cursor !== undefined && (
        <Button loading={busy} onClick={() => void run(async () => setCursor(await live.readClosed(cursor)))}>
          {say(queueWords.more)}
        </Button>
      )}
    </main>
  )
}
