import { assertNever, type DispatchSettings, type Unit } from '@lifeline/contracts'
import { present } from '../present.ts'
import type { Clock, DeskCase, Tier } from './desk-case.ts'
import { notify, notifyHolders } from './notice.ts'
import { begin, type Context, change, proceed, record, type Step } from './step.ts'

export const lastTier = 3

/** Waiting for acceptance; where nobody is left to escalate to, the desk is reminded every `ackSeconds`. */
export function acceptClock(tier: Tier, { now, settings }: Context): Clock {
  const by = now + settings.acceptSeconds * 1000
  return { by, dueAt: tier === lastTier ? now + settings.ackSeconds * 1000 : by }
}

export function arriveClock(rural: boolean, now: number, settings: DispatchSettings): Clock {
  const by = now + (rural ? settings.arriveSecondsRural : settings.arriveSeconds) * 1000
  return { by, dueAt: by }
}

/** The stations that are asked besides the first, where level 2 asks several at once. */
export const alsoAskedAt = (tier: Tier, { roster, settings }: Context): readonly Unit[] =>
  tier === 2 ? roster.furtherStations.slice(0, settings.stationsAsked - 1) : []

/**
 * Assigns to a unit. Only a life-safety case gets a clock: for the rest nobody is paged further.
 * @param unit absent only at level 3: 119 is then to be told by telephone
 * @param also asked besides: the case is whoever's accepts first
 */
export function assignUnit(
  step: Step,
  tier: Tier,
  unit: Unit | undefined,
  context: Context,
  also: readonly Unit[] = [],
): Step {
  const { rescue } = step
  const clock = rescue.lifeSafety ? acceptClock(tier, context) : undefined
  const told = { level: tier, ...present({ unitId: unit?.id }) }
  const asked = [unit, ...also].flatMap((one) => one?.id ?? [])
  const alsoAsked = also.length === 0 ? undefined : also.map(({ id }) => id)
  const assigned = change(notifyHolders(step, 'moved_on', asked), {
    unitIds: [...new Set([...rescue.unitIds, ...asked])],
    progress: {
      state: 'assigned',
      level: tier,
      ...present({ assignedTo: unit?.id, clock, alsoAsked }),
    },
  })
  const recorded = record(assigned, context, 'assigned', {
    ...told,
    ...present({
      unitName: unit?.name,
      acceptBy: clock?.by,
      etaSeconds: unit && context.roster.etaSeconds(unit),
      alsoAsked,
    }),
  })
  const first = notify(recorded, { to: tier === lastTier ? '119' : 'unit', about: 'assigned', ...told })
  return also.reduce((done, { id }) => notify(done, { to: 'unit', about: 'assigned', level: tier, unitId: id }), first)
}

/** Assigns to the first level from `tier` on that has a unit on duty; those without are skipped at once. */
export function assignFrom(step: Step, tier: Tier, context: Context): Step {
  const { roster } = context
  const offDuty = roster.offDuty[tier]
  const told = offDuty.reduce(
    (done, { id }) => notify(done, { to: 'unit', about: 'assigned', level: tier, unitId: id, notSent: 'off duty' }),
    step,
  )
  const unit = roster[tier]
  if (unit !== undefined || tier === lastTier) return assignUnit(told, tier, unit, context, alsoAskedAt(tier, context))
  const reason = offDuty.length > 0 ? 'nobody is on duty at this level' : 'no unit is registered at this level'
  const skipped = record(told, context, 'skipped', { level: tier, reason })
  const untold =
    offDuty.length > 0 ? skipped : notify(skipped, { to: 'unit', about: 'assigned', level: tier, notSent: reason })
  return assignFrom(untold, nextTier(tier), context)
}

/** Moves the case one level up. Who had it stays in the timeline. At the last level nothing can be moved. */
export function escalate(step: Step, reason: string, context: Context): Step {
  const { state, level, assignedTo } = step.rescue.progress
  if (level === lastTier) return step
  const escalated = record(step, context, 'escalated', {
    from: level,
    reason,
    state,
    ...present({ unitId: assignedTo }),
  })
  return assignFrom(escalated, nextTier(level), context)
}

function nextTier(level: 0 | 1 | 2): Tier {
  if (level === 0) return 1
  return level === 1 ? 2 : 3
}

/** Where no life is at stake no unit is paged: the desk decides whom to send. */
export const leaveToDesk = (step: Step): Step =>
  notify(step, { to: 'unit', about: 'opened', notSent: 'no life is at stake: the desk decides' })

/** Starts what a case needs that is one of life safety from now on: somebody assigned, and the clock that fits. */
export function startRescue(step: Step, context: Context): Step {
  const { progress, rural } = step.rescue
  switch (progress.state) {
    case 'received':
      return assignFrom(step, 1, context)
    case 'assigned':
      return proceed(step, { ...progress, clock: acceptClock(progress.level, context) })
    case 'accepted':
    case 'departed':
      if (progress.level === 0) return assignFrom(step, 1, context)
      return proceed(step, { ...progress, clock: arriveClock(rural, context.now, context.settings) })
    case 'freed':
      return restartFreed(step, context)
    case 'arrived':
    case 'closed':
      return step
    default:
      return assertNever(progress)
  }
}

/** Somebody may be in danger again although all were freed: pages the same unit anew. */
export function restartFreed(step: Step, context: Context): Step {
  const { progress } = step.rescue
  if (progress.state !== 'freed') return step
  if (progress.level === 0) return assignFrom(step, 1, context)
  const unit = context.roster.units.get(progress.assignedTo ?? '') ?? context.roster[progress.level]
  if (unit === undefined) return assignFrom(step, progress.level, context)
  return assignUnit(step, progress.level, unit, context)
}

/** What the desk does by itself when the case's clock is due; undefined while it is not. */
export function expire(rescue: DeskCase, context: Context): Step | undefined {
  const { progress } = rescue
  if (!('clock' in progress) || progress.clock === undefined || progress.clock.dueAt > context.now) return undefined
  const awaits = progress.state === 'assigned' ? 'acceptance' : 'arrival'
  if (progress.level !== lastTier) return escalate(begin(rescue), `no ${awaits} in time`, context)
  const next = { by: progress.clock.by, dueAt: context.now + context.settings.ackSeconds * 1000 }
  const reminded = record(proceed(begin(rescue), { ...progress, clock: next }), context, 'reminder', {
    awaits,
    level: progress.level,
    ...present({ unitId: progress.assignedTo }),
  })
  return notify(reminded, { to: 'desk', about: 'reminder', level: progress.level })
}
