import type { ActionBody, OutsideService, Proposal } from '@lifeline/contracts'
import { present } from '../present.ts'
import { conflict } from './action-refused.ts'
import { isClosed } from './desk-case.ts'
import { notify } from './notice.ts'
import { type Context, change, record, type Step } from './step.ts'
import { type PressingReason, pressingReasons } from './urgency.ts'

/** Fire first on the scene act at once where somebody is unwell (domain.md §5.1, the 119 link of 2020-07-16). */
const neededFor: Record<OutsideService, readonly PressingReason[]> = {
  '119': ['several_trapped', 'injured', 'heat', 'medical'],
  '120': ['injured', 'medical'],
}
const services = Object.keys(neededFor) as OutsideService[]

/** Brings the proposals to what the case is now: new reasons ask anew, unless the service was called already. */
export function propose(step: Step, context: Context): Step {
  return services.reduce((done, service) => proposeOne(done, service, context), step)
}

function proposeOne(step: Step, service: OutsideService, context: Context): Step {
  const { rescue } = step
  const known = rescue.proposals.find((proposal) => proposal.service === service)
  const over = isClosed(rescue) || rescue.progress.state === 'freed'
  if (over || (service === '119' && rescue.progress.level === 3)) {
    return known?.state === 'open' ? put(step, { ...known, state: 'settled' }) : step
  }
  const reasons = pressingReasons(rescue, context.settings).filter((reason) => neededFor[service].includes(reason))
  const isNew = reasons.some((reason) => !known?.reasons.includes(reason))
  if (!rescue.lifeSafety || !isNew || known?.state === 'confirmed') return step
  const proposed = put(step, { service, reasons, proposedAt: context.now, state: 'open' })
  return record(proposed, context, 'proposed', { service, reasons })
}

/**
 * What a dispatcher made of a proposal; undefined where it is decided so already.
 * @throws ActionRefused where nothing is proposed, or the service is called already
 */
export function decide(
  step: Step,
  { service, confirmed, text }: ActionBody<'decide'>,
  context: Context,
): Step | undefined {
  const known = step.rescue.proposals.find((proposal) => proposal.service === service)
  if (known === undefined || known.state === 'settled') throw conflict(`to call ${service} is not proposed`)
  const state = confirmed ? 'confirmed' : 'declined'
  if (known.state === state) return undefined
  if (known.state === 'confirmed') throw conflict(`${service} was called by ${known.decidedBy} already`)
  const { now, by, roster } = context
  const decided = put(step, { ...known, state, decidedBy: by, decidedAt: now })
  const told = { service, reasons: known.reasons, ...present({ text }) }
  if (!confirmed) return record(decided, context, 'declined', told)
  const unitId = service === '119' ? roster[3]?.id : undefined
  const summoned = record(decided, context, 'summoned', { ...told, ...present({ unitId }) })
  return notify(summoned, { to: service, about: 'summoned', ...present({ unitId }) })
}

/** Whoever outside was told of the case is told once that it is over. */
export function tellEndOutside(step: Step): Step {
  const { toldOutside = [] } = step.rescue
  const newly = step.notices.filter(({ notSent }) => notSent === undefined).map(({ to }) => to)
  const told = services.filter((service) => toldOutside.includes(service) || newly.includes(service))
  if (!isClosed(step.rescue)) return told.length === toldOutside.length ? step : change(step, { toldOutside: told })
  const { toldOutside: _, ...rescue } = step.rescue
  return told.reduce<Step>((done, service) => notify(done, { to: service, about: 'ended' }), { ...step, rescue })
}

function put(step: Step, proposal: Proposal): Step {
  const others = step.rescue.proposals.filter(({ service }) => service !== proposal.service)
  const proposals = [...others, proposal].toSorted((a, b) => (a.service < b.service ? -1 : 1))
  return change(step, { proposals })
}
