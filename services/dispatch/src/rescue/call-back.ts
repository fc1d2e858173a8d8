import type { ActionBody } from '@lifeline/contracts'
import { present } from '../present.ts'
import { conflict } from './action-refused.ts'
import type { CallBack, DeskCase } from './desk-case.ts'
import { notify } from './notice.ts'
import { type Context, change, record, type Step } from './step.ts'
import { worseOf } from './urgency.ts'

/** Starts the call-back clock of a case that needs one, and ends it when the people are freed or the case is closed. */
export function keepCallBack(step: Step, { now, settings }: Context): Step {
  const { rescue } = step
  if (!needsCallBack(rescue)) {
    const { callBack: _, ...rest } = rescue
    return { ...step, rescue: rest }
  }
  if (rescue.callBack !== undefined) return step
  return change(step, { callBack: clockIn(settings.callBackSeconds, now) })
}

/** Somebody may be shut in, and the car's intercom or the caller's telephone reaches them. */
function needsCallBack({ lifeSafety, progress, rules, callerPhone, trapped = 0 }: DeskCase): boolean {
  if (!lifeSafety || progress.state === 'freed' || progress.state === 'closed') return false
  return callerPhone !== undefined || trapped > 0 || rules.includes('entrapment') || rules.includes('alarm_button')
}

/**
 * A dispatcher has called the trapped. Whoever could not be reached is to be called again soon.
 * @throws ActionRefused where nobody is to be called back
 */
export function callBack(step: Step, body: ActionBody<'call-back'>, context: Context): Step {
  const { rescue } = step
  if (!needsCallBack(rescue)) throw conflict(`nobody is to be called back: the case is ${rescue.progress.state}`)
  const { reached, trapped, condition, text } = body
  const { callBackSeconds, ackSeconds } = context.settings
  const called = change(step, {
    callBack: clockIn(reached ? callBackSeconds : Math.min(ackSeconds, callBackSeconds), context.now),
    condition: worseOf(rescue.condition, condition),
    ...present({ trapped }),
  })
  return record(called, context, 'called_back', { reached, ...present({ trapped, condition, text }) })
}

/** Reminds the desk of a call-back that is due, again every `ackSeconds`; undefined while it is not. */
export function remindOfCallBack(step: Step, context: Context): Step | undefined {
  const { callBack } = step.rescue
  if (callBack === undefined || callBack.dueAt > context.now) return undefined
  const missed = callBack.missed + 1
  const dueAt = context.now + context.settings.ackSeconds * 1000
  const nagged = change(step, { callBack: { by: callBack.by, dueAt, missed } })
  return notify(record(nagged, context, 'call_back_due', { by: callBack.by, missed }), {
    to: 'desk',
    about: 'call_back',
  })
}

function clockIn(seconds: number, now: number): CallBack {
  const by = now + seconds * 1000
  return { by, dueAt: by, missed: 0 }
}
