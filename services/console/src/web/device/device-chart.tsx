import type { Kind } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import type { ChartContent } from '../incident/chart/chart-option.ts'
import { curvesOf } from '../incident/chart/curves.ts'
import { useTelemetry } from '../incident/chart/use-telemetry.ts'
import { useLanguage } from '../language.tsx'

const TelemetryChart = lazy(() => import('../incident/chart/telemetry-chart.tsx'))
const { chartSpanWords, incidentWords, queueWords } = dictionary
const spans = [10, 60, 1440] as const

/** A machine's curve up to now. */
export function DeviceChart({ deviceId, kind }: { readonly deviceId: string; readonly kind: Kind }) {
  const { say } = useLanguage()
  const [minutes, setMinutes] = useState<(typeof spans)[number]>(10)
  const { telemetry, error } = useTelemetry(deviceId, kind, { last: minutes * 60_000 })
  const content = useMemo<ChartContent | undefined>(
    () =>
      telemetry && {
        span: telemetry.span,
        openedAt: undefined,
        limit: undefined,
        words: { began: '', limit: '' },
        curves: curvesOf(kind, telemetry, say),
      },
    [telemetry, kind, say],
  )
  const points = content?.curves.reduce((sum, { readings }) => sum + readings.length, 0) ?? 0
  return (
    <section className="panel chart-panel" data-testid="device-chart" data-points={points}>
      <header>
        <Segmented
          size="small"
          value={minutes}
          onChange={setMinutes}
          options={spans.map((value) => ({ value, label: say(chartSpanWords[value]) }))}
        />
        {content !== undefined && points === 0 && <span className="notice">{say(incidentWords.noTelemetry)}</span>}
      </header>
      <ProblemNote error={error} />
      <Suspense fallback={<p>{say(queueWords.loading)}</p>}>
        {content !== undefined && <TelemetryChart content={content} label={say(chartSpanWords[minutes])} />}
      </Suspense>
    </section>
  )
}
