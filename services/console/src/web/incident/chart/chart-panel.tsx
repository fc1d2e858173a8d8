import type { RescueCase } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { ProblemNote } from '../../frame/problem-note.tsx'
import { useLanguage } from '../../language.tsx'
import { limitLineOf } from './chart-fields.ts'
import type { ChartContent } from './chart-option.ts'
import { curvesOf } from './curves.ts'
import { useTelemetry } from './use-telemetry.ts'

// The drawing library is a third of the app, and nobody needs it to take a call.
const TelemetryChart = lazy(() => import('./telemetry-chart.tsx'))
const { incidentWords, queueWords } = dictionary
const views = ['aroundEvent', 'lastMinutes'] as const

/** The device's readings around the event, or of the last two minutes. */
export function ChartPanel({ rescue }: { readonly rescue: RescueCase }) {
  const { say } = useLanguage()
  const { deviceId, kind, rule, limit, openedAt } = rescue
  const [view, setView] = useState<(typeof views)[number]>('aroundEvent')
  const { telemetry, error } = useTelemetry(
    deviceId,
    kind,
    view === 'lastMinutes' ? { last: undefined } : { around: openedAt },
  )
  const content = useMemo<ChartContent | undefined>(() => {
    if (telemetry === undefined) return undefined
    return {
      span: telemetry.span,
      openedAt,
      limit: limitLineOf({ kind, rule, ...(limit === undefined ? {} : { limit }) }),
      words: { began: say(incidentWords.beginning), limit: say(incidentWords.limitLine) },
      curves: curvesOf(kind, telemetry, say),
    }
  }, [telemetry, kind, rule, limit, openedAt, say])
  const points = content?.curves.reduce((sum, { readings }) => sum + readings.length, 0) ?? 0
  return (
    <section className="panel chart-panel" data-testid="chart" data-points={points}>
      <header>
        <Segmented
          size="small"
          value={view}
          onChange={setView}
          options={views.map((value) => ({ value, label: say(incidentWords[value]) }))}
        />
        {content !== undefined && points === 0 && <span className="notice">{say(incidentWords.noTelemetry)}</span>}
      </header>
      <ProblemNote error={error} />
      <Suspense fallback={<p>{say(queueWords.loading)}</p>}>
        {content !== undefined && <TelemetryChart content={content} label={say(incidentWords[view])} />}
      </Suspense>
    </section>
  )
}
