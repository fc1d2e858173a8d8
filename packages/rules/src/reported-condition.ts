import type { Frame } from '@lifeline/contracts'
import type { Finding, ReportedCondition } from './rule.ts'

/** Whether the controller says anything at all: hardly any frame does. */
export function saysSomething(frame: Frame, active: Readonly<Record<string, number>>): boolean {
  if (frame.faults !== undefined && frame.faults.length > 0) return true
  for (const _ in active) return true
  return false
}

/** What a rule finds in the controller's own words; undefined where they say nothing of it. */
export function reportedFinding(
  frame: Frame,
  active: Readonly<Record<string, number>>,
  { slugs, severity, lifeSafety, source }: ReportedCondition,
): Finding | undefined {
  const slug = slugs.find((one) => active[one] !== undefined || frame.faults?.includes(one) === true)
  if (slug === undefined) return undefined
  return {
    severity,
    lifeSafety,
    confidence: 'confirmed',
    holdMs: 0,
    measured: { code: slug },
    limit: { value: slug, unit: 'code', source },
    reported: slug,
  }
}
