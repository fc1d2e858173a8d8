import { type Incident, type IncidentEvent, type Severity, severities } from '@lifeline/contracts'
import { present } from '../present.ts'
import { clearedAt, type DeskCase, isClosed, type KnownIncident } from './desk-case.ts'
import type { Device } from './device.ts'
import { leaveToDesk, restartFreed, startRescue } from './escalation.ts'
import { takesLead } from './joining.ts'
import { notify } from './notice.ts'
import { begin, type Context, change, proceed, record, type Step } from './step.ts'
import { noCondition } from './urgency.ts'

/** The revision in a CloudEvent's id, `{incidentId}/{revision}`. */
export const revisionOf = ({ id }: IncidentEvent): number => Number(id.slice(id.lastIndexOf('/') + 1))

/** A new case for an incident that no case stands for. A late one is over: it is closed and pages nobody. */
export function openFromIncident(id: string, event: IncidentEvent, device: Device, context: Context): Step {
  const { data } = event
  const opened = record(
    begin({
      id,
      ...device,
      deviceId: data.deviceId,
      kind: data.kind,
      siteId: data.siteId,
      openedBy: 'engine',
      touched: false,
      rule: data.rule,
      rules: [data.rule],
      severity: data.severity,
      lifeSafety: data.lifeSafety,
      priority: 4,
      drill: false,
      confidence: data.confidence,
      incidents: [knownFrom(event)],
      openedAt: data.openedAt,
      milestones: { receivedAt: context.now, calls: 0 },
      condition: noCondition,
      proposals: [],
      measured: data.measured,
      limit: data.limit,
      evidence: data.evidence,
      progress: { state: 'received', level: 0 },
    }),
    context,
    'opened',
    told(event),
  )
  if (data.late) {
    const untold = notify(opened, { to: 'unit', about: 'opened', notSent: 'over before the desk heard of it' })
    return proceed(untold, { state: 'closed', level: 0, closedAt: context.now, outcome: { kind: 'late' } })
  }
  return afterClearing(data.lifeSafety ? startRescue(opened, context) : leaveToDesk(opened), data, context)
}

/** Another incident that belongs to an open case. */
export function joinIncident(rescue: DeskCase, event: IncidentEvent, context: Context): Step {
  const { data } = event
  const joined = change(begin(rescue), {
    rule: takesLead(data, rescue) ? data.rule : rescue.rule,
    rules: rescue.rules.includes(data.rule) ? rescue.rules : [...rescue.rules, data.rule],
    incidents: [...rescue.incidents, knownFrom(event)],
  })
  const learnt = learn(record(joined, context, 'joined', told(event)), data, context)
  return afterClearing(data.lifeSafety ? restartFreed(learnt, context) : learnt, data, context)
}

/**
 * Whether a revision needs a case of its own: the incident became one of life safety after its case, which was not,
 * had been closed. Nobody has judged that yet, so it must page (G6).
 */
export function outgrows(rescue: DeskCase, event: IncidentEvent): boolean {
  const { late, lifeSafety } = event.data
  return isClosed(rescue) && lifeSafety && !rescue.lifeSafety && !late && !isOutOfDate(rescue, event)
}

/**
 * A later revision of an incident that the case stands for; undefined where it is out of date. A closed case stays
 * as it was closed and only its timeline grows.
 */
export function takeRevision(rescue: DeskCase, event: IncidentEvent, context: Context): Step | undefined {
  const { data } = event
  if (isOutOfDate(rescue, event)) return undefined
  const incidents = rescue.incidents.map((one) => (one.incidentId === data.incidentId ? knownFrom(event) : one))
  const step = change(begin(rescue), { incidents })
  if (isClosed(rescue)) return record(step, context, data.clearedAt === undefined ? 'updated' : 'cleared', told(event))
  if (data.clearedAt !== undefined) return afterClearing(learn(step, data, context), data, context)
  return learn(record(step, context, 'updated', told(event)), data, context)
}

function isOutOfDate({ incidents }: DeskCase, event: IncidentEvent): boolean {
  const known = incidents.find(({ incidentId }) => incidentId === event.data.incidentId)
  return known !== undefined && revisionOf(event) <= known.revision
}

/** Takes over what the engine knows now. Life safety, once seen, stays; so does its severity. */
function learn(step: Step, data: Incident, context: Context): Step {
  const { rescue } = step
  const lifeSafety = rescue.lifeSafety || data.lifeSafety
  const severity = worst(rescue.incidents.map((incident) => incident.severity))
  const learnt = change(step, {
    lifeSafety,
    severity: lifeSafety || rescue.openedBy === 'caller' ? worst([severity, rescue.severity]) : severity,
    confidence: rescue.confidence === 'confirmed' ? 'confirmed' : data.confidence,
    evidence: {
      fromTime: Math.min(rescue.evidence.fromTime, data.evidence.fromTime),
      toTime: Math.max(rescue.evidence.toTime, data.evidence.toTime),
    },
    ...(data.rule === rescue.rule ? { measured: data.measured, limit: data.limit } : {}),
  })
  return lifeSafety && !rescue.lifeSafety ? startRescue(learnt, context) : learnt
}

/** Records the end of an episode. Telemetry closes a case only where no life is at stake and nobody handled it. */
function afterClearing(step: Step, data: Incident, context: Context): Step {
  if (data.clearedAt === undefined) return step
  const cleared = record(step, context, 'cleared', { incidentId: data.incidentId, clearedAt: data.clearedAt })
  const { lifeSafety, touched, progress } = cleared.rescue
  if (lifeSafety || touched || progress.state !== 'received' || clearedAt(cleared.rescue) === undefined) return cleared
  const closed = proceed(cleared, { state: 'closed', level: 0, closedAt: context.now, outcome: { kind: 'cleared' } })
  return record(closed, context, 'closed', { outcome: 'cleared' })
}

function knownFrom(event: IncidentEvent): KnownIncident {
  const { incidentId, rule, severity, clearedAt } = event.data
  return { incidentId, revision: revisionOf(event), rule, severity, ...present({ clearedAt }) }
}

function told({ data, id }: IncidentEvent): Record<string, unknown> {
  const { incidentId, rule, severity, confidence, measured, limit } = data
  return { incidentId, event: id, rule, severity, confidence, measured, limit }
}

export const worst = (all: readonly Severity[]): Severity =>
  all.reduce((a, b) => (severities.indexOf(b) > severities.indexOf(a) ? b : a))
