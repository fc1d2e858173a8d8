import { type Incident, type IncidentEvent, type Kind, type RuleName, severities } from '@lifeline/contracts'

/** Two runs see the same episode where theirs are no further apart than this, ms. */
const sameWithinMs = 60_000

/** One incident from its opening to its end. */
export interface IncidentSpan {
  readonly incidentId: string
  readonly deviceId: string
  readonly kind: Kind
  readonly rule: RuleName
  readonly openedAt: number
  /** Absent where it lasts. */
  readonly clearedAt?: number
  /** The gravest that it was. */
  readonly severity: Incident['severity']
}

/** The incidents that events tell of, in the order in which they opened. */
export function incidentSpans(events: readonly IncidentEvent[]): IncidentSpan[] {
  const spans = new Map<string, IncidentSpan>()
  for (const { data } of events) {
    const { incidentId, deviceId, kind, rule, openedAt, clearedAt } = data
    const known = spans.get(incidentId)?.severity ?? data.severity
    const severity = severities.indexOf(known) > severities.indexOf(data.severity) ? known : data.severity
    const end = clearedAt === undefined ? {} : { clearedAt }
    spans.set(incidentId, { incidentId, deviceId, kind, rule, openedAt, ...end, severity })
  }
  return [...spans.values()].sort((a, b) => a.openedAt - b.openedAt || (a.incidentId < b.incidentId ? -1 : 1))
}

export interface RuleComparison {
  readonly kind: Kind
  readonly rule: RuleName
  readonly before: readonly IncidentSpan[]
  readonly after: readonly IncidentSpan[]
  /** In `before` only. */
  readonly vanished: readonly IncidentSpan[]
  /** In `after` only. */
  readonly appeared: readonly IncidentSpan[]
}

/** What two runs over the same log make of it, rule by rule. */
export function compareIncidents(before: readonly IncidentSpan[], after: readonly IncidentSpan[]): RuleComparison[] {
  const keyOf = ({ kind, rule }: IncidentSpan): string => `${kind} ${rule}`
  const [first, second] = [Map.groupBy(before, keyOf), Map.groupBy(after, keyOf)]
  return [...new Set([...first.keys(), ...second.keys()])].sort().map((key) => {
    const [was, is] = [first.get(key) ?? [], second.get(key) ?? []]
    const { kind, rule } = (was[0] ?? is[0]) as IncidentSpan
    const pairs = pair(was, is)
    const matched = new Set(pairs.values())
    return {
      kind,
      rule,
      before: was,
      after: is,
      vanished: was.filter((span) => !pairs.has(span)),
      appeared: is.filter((span) => !matched.has(span)),
    }
  })
}

/** Each span's counterpart among the others, where it has one: the nearest of the same device that nobody else has. */
function pair(spans: readonly IncidentSpan[], others: readonly IncidentSpan[]): Map<IncidentSpan, IncidentSpan> {
  const byDevice = Map.groupBy(others, ({ deviceId }) => deviceId)
  const pairs = new Map<IncidentSpan, IncidentSpan>()
  const taken = new Set<IncidentSpan>()
  for (const span of spans) {
    const apart = (other: IncidentSpan): number => Math.abs(other.openedAt - span.openedAt)
    const nearest = (byDevice.get(span.deviceId) ?? [])
      .filter((other) => !taken.has(other) && meet(span, other))
      .reduce<IncidentSpan | undefined>(
        (best, other) => (best && apart(best) <= apart(other) ? best : other),
        undefined,
      )
    if (nearest === undefined) continue
    taken.add(nearest)
    pairs.set(span, nearest)
  }
  return pairs
}

const meet = (a: IncidentSpan, b: IncidentSpan): boolean =>
  a.openedAt <= (b.clearedAt ?? Number.POSITIVE_INFINITY) + sameWithinMs &&
  b.openedAt <= (a.clearedAt ?? Number.POSITIVE_INFINITY) + sameWithinMs
