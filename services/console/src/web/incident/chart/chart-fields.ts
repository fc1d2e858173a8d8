import type { Kind, RescueCase, RuleName } from '@lifeline/contracts'

/** One curve of the chart. */
export interface ChartField {
  readonly field: string
  readonly unit: string
  /** Texts from the lowest to the highest, where the values are words. */
  readonly levels?: readonly string[]
}

const doors = ['closed', 'closing', 'obstructed', 'opening', 'open'] as const

/** What tells most of a machine's last minutes, by kind. */
export const chartFields = {
  elevator: [
    { field: 'speed', unit: 'm/s' },
    { field: 'position', unit: 'm' },
    { field: 'door', unit: '', levels: doors },
    { field: 'load', unit: 'kg' },
  ],
  hoist: [
    { field: 'speed', unit: 'm/s' },
    { field: 'height', unit: 'm' },
    { field: 'load', unit: 'kg' },
    { field: 'people', unit: '' },
  ],
  'tower-crane': [
    { field: 'hookLoad', unit: 'kg' },
    { field: 'radius', unit: 'm' },
    { field: 'windSpeed', unit: 'm/s' },
  ],
} as const satisfies Record<Kind, readonly ChartField[]>

/** The field that a rule's limit is a limit of, where it is one and the same quantity. */
const limited: Partial<Record<RuleName, readonly string[]>> = {
  overspeed: ['speed'],
  overload: ['load', 'hookLoad'],
  moment: ['hookLoad'],
  wind: ['windSpeed'],
  too_many_people: ['people'],
}

export interface LimitLine {
  readonly field: string
  readonly value: number
}

/** Where the limit that was passed lies in the chart; undefined where the rule has no such limit. */
export function limitLineOf({ kind, rule, limit }: Pick<RescueCase, 'kind' | 'rule' | 'limit'>): LimitLine | undefined {
  if (limit === undefined || typeof limit.value !== 'number') return undefined
  const found = chartFields[kind].find(
    ({ field, unit }) => limited[rule]?.includes(field) && (unit === '' || unit === limit.unit),
  )
  return found === undefined ? undefined : { field: found.field, value: limit.value }
}

export interface Span {
  readonly from: number
  readonly to: number
}

const beforeMs = 120_000
const afterMs = 30_000

/** The two minutes before the event, and what followed at once, as far as it has happened. */
export const spanAround = (openedAt: number, now: number): Span => ({
  from: openedAt - beforeMs,
  to: Math.max(openedAt, Math.min(now, openedAt + afterMs)),
})

/** @param lengthMs two minutes where absent */
export const spanUntil = (now: number, lengthMs = beforeMs): Span => ({ from: now - lengthMs, to: now })
