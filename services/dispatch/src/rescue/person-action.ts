import { type Action, type ActionBody, assertNever } from '@lifeline/contracts'
import { present } from '../present.ts'
import { conflict } from './action-refused.ts'
import { callBack } from './call-back.ts'
import { type DeskCase, isClosed, type Outcome } from './desk-case.ts'
import { assignByHand, escalateByHand, hold } from './hand-escalation.ts'
import { notifyHolders } from './notice.ts'
import { decide } from './outside-help.ts'
import { accept, arrive, depart, free, take } from './rescue-progress.ts'
import { begin, type Context, change, proceed, record, type Step, type What } from './step.ts'

/** What a person does with a case. */
export type PersonAction = { [A in Action]: { readonly action: A; readonly body: ActionBody<A> } }[Action]

/** What concerns one case alone. */
export type CaseAction = Exclude<PersonAction, { readonly action: 'merge' | 'split' }>

/**
 * What an action makes of a case; undefined where the case is already so (a retry changes nothing).
 * @throws ActionRefused where the state or the body does not allow it
 */
export function act(rescue: DeskCase, command: CaseAction, context: Context): Step | undefined {
  if (isClosed(rescue) && command.action !== 'note' && command.action !== 'link') {
    throw conflict('the case is closed: only note and link are possible')
  }
  const step = change(begin(rescue), { touched: true })
  switch (command.action) {
    case 'accept':
      return accept(step, context)
    case 'depart':
      return depart(step, context)
    case 'arrive':
      return arrive(step, context)
    case 'free':
      return free(step, command.body.freed, context)
    case 'assign':
      return assignByHand(step, command.body, context)
    case 'escalate':
      return escalateByHand(step, command.body.reason, context)
    case 'hold':
      return hold(step, command.body, context)
    case 'note':
      return record(step, context, 'noted', { text: command.body.text })
    case 'link':
      return link(step, command.body.parentId, context)
    case 'false-alarm':
      return falseAlarm(step, command.body.reason, context)
    case 'take':
      return take(step, context)
    case 'call-back':
      return callBack(step, command.body, context)
    case 'decide':
      return decide(step, command.body, context)
    case 'close':
      // Nobody is rescued where nobody was freed.
      return end(step, 'closed', { kind: command.body.freed > 0 ? 'rescued' : 'resolved', ...command.body }, context)
    default:
      return assertNever(command)
  }
}

/** The case belongs to another one: the power cut of a block, a gateway's silence. */
export function link(step: Step, parentId: string, context: Context): Step | undefined {
  if (step.rescue.parentId === parentId) return undefined
  return record(change(step, { parentId }), context, 'linked', { parentId })
}

function falseAlarm(step: Step, reason: string, context: Context): Step {
  const { progress } = step.rescue
  if (progress.state === 'freed' && progress.freed > 0) {
    throw conflict(`${progress.freed} people were freed: it was no false alarm, close the case instead`)
  }
  return end(step, 'false_alarm', { kind: 'false_alarm', reason }, context)
}

function end(step: Step, what: What, outcome: Outcome, context: Context): Step {
  const { level, assignedTo } = step.rescue.progress
  const { kind: _, ...details } = outcome
  const closed = proceed(notifyHolders(step, 'ended'), {
    state: 'closed',
    level,
    ...present({ assignedTo }),
    closedAt: context.now,
    outcome,
  })
  return record(closed, context, what, details)
}
