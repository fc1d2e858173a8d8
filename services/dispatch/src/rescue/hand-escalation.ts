import type { ActionBody, Unit } from '@lifeline/contracts'
import { conflict, invalid } from './action-refused.ts'
import { alsoAskedAt, assignUnit, escalate, lastTier } from './escalation.ts'
import { unitKindAt } from './rescue-level.ts'
import { type Context, proceed, record, type Step } from './step.ts'

/**
 * Gives the case to a unit, by default the one that the level would give it to, with a new acceptance clock. Help can
 * be called to the scene too, so the case may already be accepted or arrived.
 */
export function assignByHand(step: Step, { level, unitId }: ActionBody<'assign'>, context: Context): Step | undefined {
  refuseSettled(step, 'assign')
  const unit = unitId === undefined ? context.roster[level] : namedUnit(unitId, level, context)
  if (unit === undefined && level !== lastTier) {
    const why = context.roster.offDuty[level].length > 0 ? 'on duty' : 'registered'
    throw invalid('level', `no unit is ${why} at level ${level} for this device; name a unit or take another level`)
  }
  const { progress } = step.rescue
  if (progress.state === 'assigned' && progress.level === level && progress.assignedTo === unit?.id) return undefined
  return assignUnit(step, level, unit, context, unitId === undefined ? alsoAskedAt(level, context) : [])
}

function namedUnit(unitId: string, level: keyof typeof unitKindAt, { roster }: Context): Unit {
  const unit = roster.units.get(unitId)
  if (unit === undefined) throw invalid('unitId', `no unit ${unitId} is registered`)
  if (unit.kind !== unitKindAt[level]) {
    throw invalid('unitId', `${unitId} is of kind ${unit.kind}; level ${level} needs ${unitKindAt[level]}`)
  }
  return unit
}

export function escalateByHand(step: Step, reason: string, context: Context): Step {
  refuseSettled(step, 'escalate')
  if (step.rescue.progress.level === lastTier) throw conflict('the case is at level 3: nobody is left to escalate to')
  return escalate(step, reason, context)
}

/** Postpones what the running clock would do next, and the deadline people see with it. */
export function hold(step: Step, { minutes, reason }: ActionBody<'hold'>, context: Context): Step {
  const { progress } = step.rescue
  if (!('clock' in progress) || progress.clock === undefined) {
    throw conflict(`no clock runs while the case is ${progress.state}: there is nothing to hold`)
  }
  const by = progress.clock.by + minutes * 60_000
  const dueAt = progress.clock.dueAt + minutes * 60_000
  const held = proceed(step, { ...progress, clock: { by, dueAt, heldUntil: dueAt } })
  return record(held, context, 'held', { minutes, reason, until: dueAt })
}

function refuseSettled({ rescue }: Step, action: string): void {
  if (rescue.progress.state === 'freed')
    throw conflict(`${action} is not possible: the people are freed, close the case`)
}
