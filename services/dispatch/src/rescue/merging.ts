import { present } from '../present.ts'
import { conflict, invalid } from './action-refused.ts'
import { most } from './caller-report.ts'
import { type DeskCase, isClosed } from './desk-case.ts'
import { leaveToDesk, restartFreed, startRescue } from './escalation.ts'
import { worst } from './incident-event.ts'
import { isLifeSafetyIncident, takesLead } from './joining.ts'
import { notifyHolders } from './notice.ts'
import { begin, type Context, change, proceed, record, type Step } from './step.ts'
import { noCondition, worseOf } from './urgency.ts'

/** Steps on two cases; the incidents are the second's from then on. */
export interface TwoCases {
  readonly steps: readonly [Step, Step]
  readonly claims: readonly string[]
}

/**
 * Two cases are one event: the first closes into the second, which takes over what is known.
 * @throws ActionRefused where one of them is closed, they are the same, or one is an exercise
 */
export function merge(from: DeskCase, into: DeskCase, context: Context): TwoCases {
  if (from.id === into.id) throw invalid('intoId', 'a case cannot be merged into itself')
  if (from.drill !== into.drill) throw invalid('intoId', 'an exercise and a case in earnest cannot be merged')
  if (isClosed(from) || isClosed(into)) throw conflict('only open cases can be merged')
  const { level, assignedTo } = from.progress
  const told = notifyHolders(
    record(change(begin(from), { touched: true, incidents: [] }), context, 'merged', { intoId: into.id }),
    'ended',
  )
  const ended = proceed(told, {
    state: 'closed',
    level,
    ...present({ assignedTo }),
    closedAt: context.now,
    outcome: { kind: 'merged', intoId: into.id },
  })
  const incidentIds = from.incidents.map(({ incidentId }) => incidentId)
  return { steps: [ended, takeOver(from, into, incidentIds, context)], claims: incidentIds }
}

function takeOver(from: DeskCase, into: DeskCase, incidentIds: readonly string[], context: Context): Step {
  const lifeSafety = from.lifeSafety || into.lifeSafety
  const grown = change(begin(into), {
    touched: true,
    rule: takesLead(from, into) ? from.rule : into.rule,
    rules: [...new Set([...into.rules, ...from.rules])],
    severity: worst([into.severity, from.severity]),
    lifeSafety,
    confidence: from.confidence === 'confirmed' ? 'confirmed' : into.confidence,
    incidents: [...into.incidents, ...from.incidents],
    openedAt: Math.min(into.openedAt, from.openedAt),
    milestones: {
      ...into.milestones,
      receivedAt: Math.min(into.milestones.receivedAt, from.milestones.receivedAt),
      calls: into.milestones.calls + from.milestones.calls,
    },
    condition: worseOf(into.condition, from.condition),
    evidence: {
      fromTime: Math.min(into.evidence.fromTime, from.evidence.fromTime),
      toTime: Math.max(into.evidence.toTime, from.evidence.toTime),
    },
    unitIds: [...new Set([...into.unitIds, ...from.unitIds])],
    ...present({
      callerPhone: into.callerPhone ?? from.callerPhone,
      trapped: most(into.trapped, from.trapped),
    }),
  })
  const told = record(grown, context, 'merged', { fromId: from.id, incidentIds })
  if (!from.lifeSafety) return told
  if (!into.lifeSafety) return startRescue(told, context)
  return from.progress.state === 'freed' ? told : restartFreed(told, context)
}

/**
 * Some of a case's incidents are an event of their own.
 * @param id of the new case
 * @throws ActionRefused where the case does not stand for them, or nothing would be left of it, or it is closed
 */
export function split(rescue: DeskCase, incidentIds: readonly string[], id: string, context: Context): TwoCases {
  if (isClosed(rescue)) throw conflict('only an open case can be split')
  const stranger = incidentIds.find((one) => !rescue.incidents.some(({ incidentId }) => incidentId === one))
  if (stranger !== undefined) throw invalid('incidentIds', `the case does not stand for ${stranger}`)
  const gone = rescue.incidents.filter(({ incidentId }) => incidentIds.includes(incidentId))
  const left = rescue.incidents.filter(({ incidentId }) => !incidentIds.includes(incidentId))
  const [first, ...others] = gone.toSorted((a, b) => Number(isLifeSafetyIncident(b)) - Number(isLifeSafetyIncident(a)))
  if (first === undefined || (left.length === 0 && rescue.openedBy === 'engine')) {
    throw invalid('incidentIds', 'at least one incident stays with the case')
  }
  const details = { incidentIds: gone.map(({ incidentId }) => incidentId) }
  const kept = record(change(begin(rescue), { touched: true, incidents: left }), context, 'split', {
    intoId: id,
    ...details,
  })
  const {
    callBack: _,
    acknowledgement: __,
    takenBy: ___,
    callerPhone: ____,
    trapped: _____,
    parentId: ______,
    toldOutside: _______,
    ...rest
  } = rescue
  const lifeSafety = isLifeSafetyIncident(first)
  const own = record(
    begin({
      ...rest,
      id,
      openedBy: 'engine',
      touched: true,
      rule: first.rule,
      rules: [...new Set([first, ...others].map(({ rule }) => rule))],
      severity: worst(gone.map(({ severity }) => severity)),
      lifeSafety,
      incidents: gone,
      milestones: { receivedAt: rescue.milestones.receivedAt, calls: 0 },
      condition: noCondition,
      proposals: [],
      progress: { state: 'received', level: 0 },
    }),
    context,
    'split',
    { fromId: rescue.id, ...details },
  )
  return { steps: [kept, lifeSafety ? startRescue(own, context) : leaveToDesk(own)], claims: details.incidentIds }
}
