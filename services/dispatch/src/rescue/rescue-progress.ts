import { assertNever } from '@lifeline/contracts'
import { present } from '../present.ts'
import { conflict } from './action-refused.ts'
import { askedUnits, type DeskCase, type Progress } from './desk-case.ts'
import { arriveClock } from './escalation.ts'
import { notifyHolders } from './notice.ts'
import { type Context, change, proceed, record, type Step } from './step.ts'

// The way forward from assignment to the freed passenger. Each step returns undefined where the case is already there.

/** Somebody commits to the case; a dispatcher who does has it. In a life-safety case the arrival clock starts. */
export function accept(step: Step, context: Context): Step | undefined {
  const accepted = commit(step, context)
  if (accepted === undefined || context.unitId !== undefined || step.rescue.takenBy !== undefined) return accepted
  return change(accepted, { takenBy: { name: context.by, at: context.now } })
}

/** A dispatcher makes the case theirs. */
export function take(step: Step, context: Context): Step | undefined {
  const from = step.rescue.takenBy?.name
  if (from === context.by) return undefined
  const taken = change(step, { takenBy: { name: context.by, at: context.now } })
  return record(taken, context, 'taken', present({ from }))
}

function commit(step: Step, context: Context): Step | undefined {
  const { progress, lifeSafety, rural } = step.rescue
  switch (progress.state) {
    case 'received':
      return record(proceed(step, { state: 'accepted', ...takerOf(context) }), context, 'accepted', takerOf(context))
    case 'assigned': {
      refuseOtherUnits(step.rescue, context)
      const { level } = progress
      const assignedTo = context.unitId ?? progress.assignedTo
      const taker = { level, ...present({ assignedTo }) }
      const clock = lifeSafety ? arriveClock(rural, context.now, context.settings) : undefined
      const alone = standDown(step, assignedTo, context)
      const accepted = proceed(alone, { state: 'accepted', ...taker, ...present({ clock }) })
      return record(accepted, context, 'accepted', { ...taker, ...present({ arriveBy: clock?.by }) })
    }
    case 'accepted':
      refuseOtherUnits(step.rescue, context)
      return undefined
    case 'departed':
    case 'arrived':
    case 'freed':
    case 'closed':
      throw backwards('accept', progress)
    default:
      return assertNever(progress)
  }
}

export function depart(step: Step, context: Context): Step | undefined {
  const { progress } = step.rescue
  if (progress.state === 'departed') return undefined
  if (progress.state === 'accepted')
    return record(proceed(step, { ...progress, state: 'departed' }), context, 'departed')
  throw isAhead(progress) ? tooEarly('depart', progress) : backwards('depart', progress)
}

export function arrive(step: Step, context: Context): Step | undefined {
  const { progress } = step.rescue
  if (progress.state === 'arrived') return undefined
  if (progress.state === 'accepted' || progress.state === 'departed') {
    const { clock: _, ...taker } = progress
    return record(proceed(step, { ...taker, state: 'arrived' }), context, 'arrived')
  }
  throw isAhead(progress) ? tooEarly('arrive', progress) : backwards('arrive', progress)
}

/** @param freed how many people; a different number later corrects the first */
export function free(step: Step, freed: number, context: Context): Step | undefined {
  const { progress } = step.rescue
  switch (progress.state) {
    case 'freed':
      if (progress.freed === freed) return undefined
      return record(proceed(step, { ...progress, freed }), context, 'freed', { freed, corrects: progress.freed })
    case 'accepted':
    case 'departed': {
      // Who frees people has arrived, whether they said so or not.
      const { clock: _, ...taker } = progress
      const arrived = record(step, context, 'arrived', { by: 'free' })
      return record(proceed(arrived, { ...taker, state: 'freed', freed }), context, 'freed', { freed })
    }
    case 'arrived':
      return record(proceed(step, { ...progress, state: 'freed', freed }), context, 'freed', { freed })
    case 'received':
    case 'assigned':
      throw tooEarly('free', progress)
    case 'closed':
      throw backwards('free', progress)
    default:
      return assertNever(progress)
  }
}

/** Whoever else was asked is not needed any more: each is told, and the timeline tells. */
function standDown(step: Step, taker: string | undefined, context: Context): Step {
  const { level } = step.rescue.progress
  return askedUnits(step.rescue)
    .filter((unitId) => unitId !== taker)
    .reduce(
      (done, unitId) => record(done, context, 'stood_down', { level, unitId }),
      notifyHolders(step, 'moved_on', [taker]),
    )
}

/** A user of a unit takes the case for it; only the device's maintenance unit can see a case that nobody has. */
function takerOf({ unitId }: Context): { level: 0 } | { level: 1; assignedTo: string } {
  return unitId === undefined ? { level: 0 } : { level: 1, assignedTo: unitId }
}

/** A unit commits only itself: when the case has moved on to another, the desk decides whether it comes back. */
function refuseOtherUnits(rescue: DeskCase, { unitId }: Context): void {
  const { progress } = rescue
  if (unitId === undefined || askedUnits(rescue).includes(unitId)) return
  throw conflict(
    `the case is with ${progress.assignedTo ?? 'the desk'} at level ${progress.level} now; the desk can assign it back`,
  )
}

const isAhead = ({ state }: Progress): boolean => state === 'received' || state === 'assigned'

const tooEarly = (action: string, { state }: Progress) =>
  conflict(`${action} is not possible while the case is ${state}: accept it first`)

const backwards = (action: string, { state }: Progress) =>
  conflict(`${action} is not possible any more: the case is ${state}, and goes forward only`)
