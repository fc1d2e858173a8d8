import type { DispatchSettings } from '@lifeline/contracts'
import { users } from '../desk-world.ts'
import type { CaseRecord } from './case-record.ts'
import type { Standstill } from './standstill.ts'

/** A clock that was acted on: how long after it was due, ms, by the desk's word and by a listener's watch. */
export interface ClockFigure {
  readonly clock: 'acceptance' | 'arrival' | 'reminder' | 'call-back' | 'acknowledgement'
  readonly lateMs: number
  readonly seenLateMs: number
}

export interface ClockAudit {
  readonly faults: readonly string[]
  readonly figures: readonly ClockFigure[]
}

export interface Tolerance {
  /** How late a clock may be acted on, and that be seen, ms. */
  readonly latestMs: number
  /** When nobody could be in time, which does not count. */
  readonly standstill: Standstill
}

interface Running {
  readonly clock: ClockFigure['clock']
  readonly dueAt: number
}

/** `hh:mm:ss`, as the night's own lines begin. */
const timeOf = (ms: number): string => new Date(ms).toISOString().slice(11, 19)

/** Deadlines are kept as floating point. */
const sameMs = (a: unknown, b: number): boolean => typeof a === 'number' && Math.abs(a - b) < 1

/**
 * Follows a case's clocks by the settings alone: each is shown as it should be, nothing happens before it is due,
 * and what it asks for is done, and seen by whoever listens, at most `latestMs` after.
 */
export function auditClocks(
  { cases, plan, seen }: CaseRecord,
  settings: DispatchSettings,
  { latestMs, standstill }: Tolerance,
): ClockAudit {
  const rescue = cases[0]
  const faults: string[] = []
  const figures: ClockFigure[] = []
  const announced: number[] = []
  const ms = (seconds: number): number => seconds * 1_000
  const late = (dueAt: number, at: number): number => at - dueAt - standstill.between(dueAt, at)
  const arriveMs = ms(plan.rural ? settings.arriveSecondsRural : settings.arriveSeconds)
  let waits: Running | undefined
  let desk: Running | undefined
  let callBack: (Running & { readonly by: number; readonly missed: number }) | undefined

  const acts = (running: Running | undefined, what: string, at: number, n: number): void => {
    if (running === undefined) {
      faults.push(`${what} although no clock runs`)
      return
    }
    const lateMs = late(running.dueAt, at)
    const seenLateMs = late(running.dueAt, seen?.seenAt[n] ?? Number.POSITIVE_INFINITY)
    if (lateMs < 0) faults.push(`${what} ${-lateMs} ms before it was due`)
    if (seenLateMs > latestMs) faults.push(`${what} at ${timeOf(at)} was seen ${seenLateMs} ms after it was due`)
    figures.push({ clock: running.clock, lateMs, seenLateMs })
  }
  const deadline = (what: string, is: unknown, should: number): void => {
    if (!sameMs(is, should)) faults.push(`${what} is ${String(is)}, not ${should}`)
    announced.push(should)
  }

  for (const [n, { at, by, what, details }] of (rescue?.timeline ?? []).entries()) {
    for (const running of [waits, callBack, desk]) {
      if (running === undefined) continue
      const lateMs = late(running.dueAt, at)
      if (lateMs > latestMs) faults.push(`${running.clock} was due ${lateMs} ms before ${what}`)
    }
    if (n === 0 && rescue?.lifeSafety === true && plan.fate !== 'late') {
      callBack = {
        clock: 'call-back',
        by: at + ms(settings.callBackSeconds),
        dueAt: at + ms(settings.callBackSeconds),
        missed: 0,
      }
      desk = { clock: 'acknowledgement', dueAt: at + ms(settings.ackSeconds) }
      announced.push(desk.dueAt)
    }
    if (by === users.dispatcher.name) desk = undefined
    switch (what) {
      case 'assigned':
        deadline('acceptBy', details.acceptBy, at + ms(settings.acceptSeconds))
        waits =
          details.level === 3
            ? { clock: 'reminder', dueAt: at + ms(settings.ackSeconds) }
            : { clock: 'acceptance', dueAt: at + ms(settings.acceptSeconds) }
        break
      case 'accepted':
        deadline('arriveBy', details.arriveBy, at + arriveMs)
        waits = { clock: 'arrival', dueAt: at + arriveMs }
        break
      case 'escalated':
        acts(waits, what, at, n)
        waits = undefined
        break
      case 'reminder':
        acts(waits, what, at, n)
        waits = { clock: 'reminder', dueAt: at + ms(settings.ackSeconds) }
        break
      case 'unacknowledged':
        acts(desk, what, at, n)
        if (desk !== undefined && !sameMs(details.by, desk.dueAt))
          faults.push(`the desk was to act by ${String(details.by)}, not ${desk.dueAt}`)
        desk = undefined
        break
      case 'call_back_due':
        acts(callBack, what, at, n)
        if (callBack === undefined) break
        if (!sameMs(details.by, callBack.by))
          faults.push(`a call-back was due at ${String(details.by)}, not ${callBack.by}`)
        if (details.missed !== callBack.missed + 1)
          faults.push(`call-back ${String(details.missed)} after ${callBack.missed}`)
        callBack = { ...callBack, dueAt: at + ms(settings.ackSeconds), missed: callBack.missed + 1 }
        break
      case 'called_back':
        callBack = {
          clock: 'call-back',
          by: at + ms(settings.callBackSeconds),
          dueAt: at + ms(settings.callBackSeconds),
          missed: 0,
        }
        break
      case 'arrived':
        waits = undefined
        break
      case 'freed':
      case 'closed':
      case 'false_alarm':
        waits = undefined
        callBack = undefined
        break
    }
  }
  if (waits !== undefined || callBack !== undefined || desk !== undefined) faults.push('a clock runs after the end')
  for (const by of seen?.shown ?? []) {
    if (!announced.some((one) => sameMs(by, one))) faults.push(`a deadline ${by} was shown that is none`)
  }
  return { faults, figures }
}
