import type { Kind, RescueCase } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { type Bilingual, dictionary } from '../../dictionary/dictionary.ts'
import { ProblemNote } from '../../frame/problem-note.tsx'
import { useLanguage } from '../../language.tsx'
import { limitLineOf } from './chart-fields.ts'
import type { ChartContent } from './chart-option.ts'
import { curvesOf } from './curves.ts'
import { type ChartView, useTelemetry } from './use-telemetry.ts'

// The drawing library is a third of the app, and nobody needs it to take a call.
const TelemetryChart = lazy(() => import('./telemetry-chart.tsx'))
const { chartSpanWords, incidentWords, queueWords } = dictionary

interface NamedView {
  readonly name: Bilingual
  readonly view: ChartView
}
type Views = readonly [NamedView, ...NamedView[]]

/** What is looked at of a case: what happened around its beginning, and how it is now. */
export const viewsOf = ({ openedAt }: Pick<RescueCase, 'openedAt'>): Views => [
  { name: incidentWords.aroundEvent, view: { around: openedAt } },
  { name: incidentWords.lastMinutes, view: { last: undefined } },
]

const upToNow = (minutes: keyof typeof chartSpanWords): NamedView => ({
  name: chartSpanWords[minutes],
  view: { last: minutes * 60_000 },
})
/** What is looked at of a machine in no case. */
export const machineViews: Views = [upToNow(10), upToNow(60), upToNow(1440)]

/** A machine's readings in one of several views; of a case with its beginning and the limit that was passed. */
export function ChartPanel(props: {
  readonly deviceId: string
  readonly kind: Kind
  readonly views: Views
  readonly rescue?: RescueCase
}) {
  const { deviceId, kind, views, rescue } = props
  const { say } = useLanguage()
  const [place, setPlace] = useState(0)
  const { name, view } = views[place] ?? views[0]
  const { telemetry, error } = useTelemetry(deviceId, kind, view)
  const content = useMemo<ChartContent | undefined>(
    () =>
      telemetry && {
        span: telemetry.span,
        openedAt: rescue?.openedAt,
        limit: rescue && limitLineOf(rescue),
        words: { began: say(incidentWords.beginning), limit: say(incidentWords.limitLine) },
        curves: curvesOf(kind, telemetry, say),
      },
    [telemetry, kind, rescue, say],
  )
  const points = content?.curves.reduce((sum, { readings }) => sum + readings.length, 0)
  const reading = <span className="table-faint">{say(queueWords.loading)}</span>
  return (
    <section className="panel chart-panel" data-testid="chart" data-points={points ?? 0}>
      <header>
        <Segmented
          size="small"
          value={place}
          onChange={setPlace}
          options={views.map((one, value) => ({ value, label: say(one.name) }))}
        />
        {points === undefined && error === undefined && reading}
        {points === 0 && <span className="notice">{say(incidentWords.noTelemetry)}</span>}
      </header>
      <ProblemNote error={error} />
      {content !== undefined && points !== undefined && points > 0 && (
        <Suspense fallback={reading}>
          <TelemetryChart content={content} label={say(name)} />
        </Suspense>
      )}
    </section>
  )
}
