import type { Kind } from '@lifeline/contracts'
import { useEffect, useState } from 'react'
import type { Reading } from '../../api/api-client.ts'
import { useDesk } from '../../live/desk-context.tsx'
import { chartFields, type Span, spanAround, spanUntil } from './chart-fields.ts'

/** The chart is read anew this often while it can still change, ms. */
const refreshMs = 5_000
/** The historian writes a moment after the engine has judged, and a device may send late. */
const settledMs = 60_000

export interface Telemetry {
  readonly span: Span
  readonly readings: Readonly<Record<string, readonly Reading[]>>
}

/** What a chart shows: the time around an event, or so many ms until now. */
export type ChartView = { readonly around: number } | { readonly last: number | undefined }

export function useTelemetry(deviceId: string, kind: Kind, view: ChartView) {
  const { api, clock } = useDesk()
  const openedAt = 'around' in view ? view.around : undefined
  const lastMs = 'last' in view ? view.last : undefined
  const [telemetry, setTelemetry] = useState<Telemetry>()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const read = async (): Promise<void> => {
      const now = clock.now()
      const span = openedAt === undefined ? spanUntil(now, lastMs) : spanAround(openedAt, now)
      try {
        const curves = await Promise.all(
          chartFields[kind].map(
            async ({ field }) => [field, await api.telemetry(deviceId, field, span.from, span.to)] as const,
          ),
        )
        if (!wanted) return
        setTelemetry({ span, readings: Object.fromEntries(curves) })
        setError(undefined)
      } catch (reason) {
        if (!wanted) return
        setError(reason)
      }
      if (openedAt === undefined || clock.now() < span.to + settledMs) timer = setTimeout(() => void read(), refreshMs)
    }
    void read()
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [api, clock, deviceId, kind, openedAt, lastMs])
  return { telemetry, error }
}
