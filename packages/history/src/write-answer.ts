import { AbortError, HttpError } from '@influxdata/influxdb-client'
import { InfluxError } from './influx-error.ts'

/** What InfluxDB did with the lines of one request. */
export type WriteAnswer =
  | { readonly outcome: 'stored' }
  /** Some or all lines are bad; the good ones may be stored already. `dropped` counts the bad ones where known. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly dropped?: number }
  | { readonly outcome: 'too_large'; readonly reason: string }
  /** Nothing to do with the lines: send them again, not before `retryAfterMs`. */
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number }

/** The answer that a failed request amounts to. */
export function answerOf(error: unknown, url: string): WriteAnswer {
  const reason = error instanceof InfluxError ? error.message : `InfluxDB at ${url}: ${reasonOf(error)}`
  if (!(error instanceof HttpError)) return { outcome: 'unavailable', reason }
  switch (error.statusCode) {
    case 400:
    case 422: {
      const dropped = / dropped=(\d+)$/.exec(reason)?.[1]
      return { outcome: 'refused', reason: reasonOf(error), ...(dropped ? { dropped: Number(dropped) } : {}) }
    }
    case 413:
      return { outcome: 'too_large', reason: reasonOf(error) }
    default: {
      const retryAfterMs = retryAfter(error.headers?.['retry-after'])
      return { outcome: 'unavailable', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
    }
  }
}

/** In the server's own words where it said any. */
export function reasonOf(error: unknown): string {
  if (error instanceof AbortError) return 'no whole answer'
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  if (!(error instanceof HttpError)) return error instanceof Error ? error.message : String(error)
  const said: unknown = error.json?.error ?? error.json?.message
  return `${error.statusCode} ${typeof said === 'string' ? said : (error.body ?? error.statusMessage ?? '')}`.trim()
}

/** Seconds or a date (RFC 9110 §10.2.3) as ms from now. */
function retryAfter(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1_000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
