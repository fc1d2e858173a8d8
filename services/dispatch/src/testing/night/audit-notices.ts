import type { CaseNotice } from '../../store/notice-query.ts'
import type { CaseRecord } from './case-record.ts'
import { unitOffDuty } from './night-plan.ts'

type Told = Omit<CaseNotice, 'notSent'> & { readonly notSent: boolean }

/** Whether every notice that a case's timeline asks for is recorded, and no other, also each that was not sent. */
export function auditNotices({ exported, cases, plan }: CaseRecord): readonly string[] {
  const recorded = exported.notices.map(textOf)
  const due = expected(cases[0]?.timeline ?? [], plan).map((told) =>
    textOf({ ...told, notSent: told.notSent ? 'x' : undefined }),
  )
  const faults = exported.notices
    .filter(({ notSent }) => notSent !== undefined && notSent.length < 4)
    .map(({ about }) => `of ${about} it is not said why it was not sent`)
  for (const text of new Set([...recorded, ...due])) {
    const [is, should] = [recorded, due].map((all) => all.filter((one) => one === text).length)
    if (is !== should) faults.push(`notice recorded ${is} times, not ${should}: ${text}`)
  }
  return faults
}

const textOf = ({
  at,
  to,
  about,
  level,
  unitId,
  notSent,
}: CaseNotice | (Omit<CaseNotice, 'notSent'> & { notSent?: string | undefined })): string =>
  [at, to, about, level ?? '-', unitId ?? '-', notSent === undefined ? 'to send' : 'not sent'].join(' ')

function expected(timeline: CaseRecord['cases'][number]['timeline'], { fate, drill }: CaseRecord['plan']): Told[] {
  const told: Told[] = []
  let holders: readonly { readonly level: number; readonly unitId: string }[] = []
  const outside = new Set<'119' | '120'>()
  const holdersAreTold = (at: number, about: 'moved_on' | 'ended'): void => {
    // Fire is told of the end as everybody outside is, and that it is not needed any more by telephone.
    for (const holder of holders.filter(({ level }) => level !== 3 || about === 'moved_on'))
      told.push({ at, to: holder.level === 3 ? '119' : 'unit', about, ...holder, notSent: holder.level === 3 })
  }
  for (const [n, { at, what, details }] of timeline.entries()) {
    const level = Number(details.level)
    const unitId = typeof details.unitId === 'string' ? details.unitId : undefined
    if (n === 0 && (fate === 'fault' || fate === 'late')) told.push({ at, to: 'unit', about: 'opened', notSent: true })
    if (what === 'skipped') {
      const who = details.reason === 'nobody is on duty at this level' ? { unitId: unitOffDuty } : {}
      told.push({ at, to: 'unit', about: 'assigned', level, ...who, notSent: true })
    }
    if (what === 'assigned') {
      holdersAreTold(at, 'moved_on')
      const to = level === 3 ? '119' : 'unit'
      if (level === 3 && !drill) outside.add('119')
      const also = (details.alsoAsked ?? []) as readonly string[]
      const asked = [unitId, ...also].map((one) => ({ level, ...(one === undefined ? {} : { unitId: one }) }))
      told.push(...asked.map((one) => ({ at, to, about: 'assigned', ...one, notSent: drill && level === 3 }) as const))
      holders = asked.flatMap(({ level, unitId }) => (unitId === undefined ? [] : [{ level, unitId }]))
    }
    if (what === 'stood_down') {
      told.push({
        at,
        to: 'unit',
        about: 'moved_on',
        level,
        ...(unitId === undefined ? {} : { unitId }),
        notSent: false,
      })
      holders = holders.filter((holder) => holder.unitId !== unitId)
    }
    if (what === 'reminder') told.push({ at, to: 'desk', about: 'reminder', level, notSent: false })
    if (what === 'call_back_due') told.push({ at, to: 'desk', about: 'call_back', notSent: false })
    if (what === 'unacknowledged') told.push({ at, to: 'supervisor', about: what, notSent: false })
    if (what === 'summoned') {
      const to = details.service as '119' | '120'
      if (!drill) outside.add(to)
      told.push({ at, to, about: 'summoned', ...(unitId === undefined ? {} : { unitId }), notSent: drill })
    }
    if (what === 'closed' || what === 'false_alarm') {
      holdersAreTold(at, 'ended')
      for (const to of outside) told.push({ at, to, about: 'ended', notSent: false })
    }
  }
  return told
}
