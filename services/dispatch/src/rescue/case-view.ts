import type { RescueCase, TimelineEntry } from '@lifeline/contracts'
import { present } from '../present.ts'
import { ackByOf } from './acknowledgement.ts'
import { clearedAt, clockOf, type DeskCase } from './desk-case.ts'

/** The case as the API and the event stream give it. */
export function viewOf(rescue: DeskCase, timeline: readonly TimelineEntry[]): RescueCase {
  const { progress } = rescue
  const clock = clockOf(rescue)
  return {
    id: rescue.id,
    incidentIds: rescue.incidents.map(({ incidentId }) => incidentId),
    deviceId: rescue.deviceId,
    kind: rescue.kind,
    siteId: rescue.siteId,
    address: rescue.address,
    rule: rescue.rule,
    severity: rescue.severity,
    lifeSafety: rescue.lifeSafety,
    priority: rescue.priority,
    drill: rescue.drill,
    confidence: rescue.confidence,
    state: progress.state,
    level: progress.level,
    openedAt: rescue.openedAt,
    deadlines: deadlinesOf(rescue),
    condition: rescue.condition,
    proposals: [...rescue.proposals],
    measured: rescue.measured,
    evidence: rescue.evidence,
    timeline: [...timeline],
    ...present({
      rescueCode: rescue.rescueCode,
      clearedAt: clearedAt(rescue),
      closedAt: progress.state === 'closed' ? progress.closedAt : undefined,
      holdUntil: clock?.heldUntil,
      assignedTo: progress.assignedTo,
      alsoAsked: progress.state === 'assigned' ? progress.alsoAsked?.slice() : undefined,
      takenBy: rescue.takenBy,
      callerPhone: rescue.callerPhone,
      trapped: rescue.trapped,
      parentId: rescue.parentId,
      limit: rescue.limit,
      outcome: progress.state === 'closed' ? progress.outcome : undefined,
    }),
  }
}

function deadlinesOf(rescue: DeskCase): RescueCase['deadlines'] {
  const by = clockOf(rescue)?.by
  const waits = rescue.progress.state === 'assigned' ? { acceptBy: by } : { arriveBy: by }
  return present({ ...waits, callBackBy: rescue.callBack?.by, ackBy: ackByOf(rescue) })
}
