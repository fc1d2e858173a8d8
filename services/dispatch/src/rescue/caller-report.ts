import type { Report } from '@lifeline/contracts'
import { present } from '../present.ts'
import type { DeskCase } from './desk-case.ts'
import type { Device } from './device.ts'
import { leaveToDesk, restartFreed, startRescue } from './escalation.ts'
import { isLifeSafetyReport, takesLead } from './joining.ts'
import { begin, type Context, change, record, type Step } from './step.ts'
import { noCondition, worseOf } from './urgency.ts'

/** The device's telemetry before a call that is kept as evidence, ms. */
const evidenceMs = 120_000

/** A new case from a caller's report. What a caller says is confirmed, and never closed by telemetry. */
export function openFromReport(id: string, report: Report, device: Device, context: Context): Step {
  const { rule } = report
  const lifeSafety = isLifeSafetyReport(report)
  const reported = record(
    begin({
      id,
      ...device,
      openedBy: 'caller',
      touched: true,
      rule,
      rules: [rule],
      severity: lifeSafety ? 'critical' : 'warning',
      lifeSafety,
      priority: 4,
      drill: report.drill ?? false,
      confidence: 'confirmed',
      incidents: [],
      openedAt: context.now,
      milestones: { receivedAt: context.now, calls: 0 },
      ...present({ callerPhone: report.callerPhone, trapped: report.trapped }),
      condition: report.condition ?? noCondition,
      proposals: [],
      measured: {},
      evidence: { fromTime: context.now - evidenceMs, toTime: context.now },
      progress: { state: 'received', level: 0 },
    }),
    context,
    'reported',
    detailsOf(report),
  )
  return lifeSafety ? startRescue(reported, context) : leaveToDesk(reported)
}

/** A caller's report that belongs to an open case. */
export function joinReport(rescue: DeskCase, report: Report, context: Context): Step {
  const { rule } = report
  const lifeSafety = isLifeSafetyReport(report)
  const joined = change(begin(rescue), {
    // The first caller stays the one to call back; the others are in the timeline.
    ...present({
      callerPhone: rescue.callerPhone ?? report.callerPhone,
      trapped: most(rescue.trapped, report.trapped),
    }),
    condition: worseOf(rescue.condition, report.condition),
    touched: true,
    confidence: 'confirmed',
    rule: takesLead({ rule, lifeSafety }, rescue) ? rule : rescue.rule,
    rules: rescue.rules.includes(rule) ? rescue.rules : [...rescue.rules, rule],
    ...(lifeSafety ? { lifeSafety, severity: 'critical' } : {}),
  })
  const told = record(joined, context, 'reported', detailsOf(report))
  if (!lifeSafety) return told
  return rescue.lifeSafety ? restartFreed(told, context) : startRescue(told, context)
}

export const most = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b)

const detailsOf = ({ rule, callerPhone, trapped, condition, text }: Report): Record<string, unknown> =>
  present({ rule, callerPhone, trapped, condition, text })
