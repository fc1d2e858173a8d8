import type { Delivery, UnitContact } from '@lifeline/contracts'
import { present } from '../present.ts'
import type { DeskCase } from '../rescue/desk-case.ts'
import type { Notice } from '../rescue/notice.ts'
import type { Db, Tx } from '../store/tables.ts'
import type { PastAttempt, Unusable } from './next-attempt.ts'
import type { Outcome } from './outcome.ts'

/** A notice to a unit that is due to be delivered, locked. */
export interface DueNotice {
  readonly id: number
  readonly about: Notice['about']
  readonly unitId: string
  readonly rescue: DeskCase
  readonly past: readonly PastAttempt[]
}

/** Whether there is any, at less than a transaction's cost: it is asked all night. */
export async function isNoticeDue(db: Db, now: number): Promise<boolean> {
  return (await dueNotices(db, now).select('id').limit(1).executeTakeFirst()) !== undefined
}

const dueNotices = (db: Db | Tx, now: number) =>
  db
    .selectFrom('notices')
    .where('delivery', '=', 'waiting')
    .where('recipient', '=', 'unit')
    .where('not_sent', 'is', null)
    .where('unit_id', 'is not', null)
    .where('due_at', '<=', now)

export async function lockDueNotice(tx: Tx, now: number): Promise<DueNotice | undefined> {
  const row = await dueNotices(tx, now)
    .select(['id', 'about', 'unit_id', 'case_id'])
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { id, about, unit_id, case_id } = row
  const { rescue } = await tx.selectFrom('cases').select('rescue').where('id', '=', case_id).executeTakeFirstOrThrow()
  const attempts = await tx
    .selectFrom('notice_attempts')
    .selectAll()
    .where('notice_id', '=', id)
    .orderBy('id')
    .execute()
  const past = attempts.flatMap(({ channel_id, address, at, ended_at, result }): PastAttempt[] => {
    if (channel_id === null || address === null || result === 'sent' || result === 'not_sent') return []
    return [{ channel: channel_id, address, at: ended_at ?? at, result: result === 'under_way' ? 'begun' : result }]
  })
  return { id, about, unitId: unit_id ?? '', rescue, past }
}

/** Notes that an attempt begins; until `until` nobody else takes the notice. @returns the attempt's id */
export async function beginAttempt(
  tx: Tx,
  noticeId: number,
  { channel, address }: UnitContact,
  now: number,
  until: number,
): Promise<number> {
  await tx.updateTable('notices').set({ due_at: until }).where('id', '=', noticeId).execute()
  const { id } = await tx
    .insertInto('notice_attempts')
    .values({
      notice_id: noticeId,
      channel_id: channel,
      address,
      at: now,
      ended_at: null,
      result: 'under_way',
      error: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Keeps how an attempt went. A notice that went through is settled, any other is due for its next attempt. */
export async function endAttempt(db: Db, noticeId: number, attemptId: number, outcome: Outcome, now: number) {
  await db.transaction().execute(async (tx) => {
    const result = outcome.ok ? 'sent' : outcome.permanent ? 'refused' : 'failed'
    const error = outcome.ok ? null : outcome.error
    const { channel_id } = await tx
      .updateTable('notice_attempts')
      .set({ ended_at: now, result, error })
      .where('id', '=', attemptId)
      .returning('channel_id')
      .executeTakeFirstOrThrow()
    const settled = outcome.ok ? ({ delivery: 'sent' } as const) : { due_at: now }
    await tx.updateTable('notices').set(settled).where('id', '=', noticeId).where('delivery', '=', 'waiting').execute()
    // What goes through is healthy, whatever its last test said.
    if (outcome.ok) {
      const sick = tx.updateTable('channels').set({ healthy: true }).where('healthy', '=', false)
      await sick.where('id', '=', channel_id).execute()
    }
  })
}

export async function putOff(tx: Tx, noticeId: number, until: number): Promise<void> {
  await tx.updateTable('notices').set({ due_at: until }).where('id', '=', noticeId).execute()
}

/** Settles a notice that is not sent, and says why. */
export async function giveUp(tx: Tx, noticeId: number, reason: string, now: number): Promise<void> {
  await tx.updateTable('notices').set({ delivery: 'not_sent' }).where('id', '=', noticeId).execute()
  await noteUntold(tx, noticeId, undefined, reason, now)
}

/** Says of each contact that cannot be used why. */
export async function noteUnusable(tx: Tx, noticeId: number, unusable: readonly Unusable[], now: number) {
  for (const { contact, reason } of unusable) await noteUntold(tx, noticeId, contact, reason, now)
}

async function noteUntold(tx: Tx, noticeId: number, contact: UnitContact | undefined, error: string, now: number) {
  await tx
    .insertInto('notice_attempts')
    .values({
      notice_id: noticeId,
      channel_id: contact?.channel ?? null,
      address: contact?.address ?? null,
      at: now,
      ended_at: now,
      result: 'not_sent',
      error,
    })
    .execute()
}

/** Every attempt to tell units of a case, in order. */
export async function deliveriesOf(db: Db, caseId: string): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('notice_attempts')
    .innerJoin('notices', 'notices.id', 'notice_attempts.notice_id')
    .select(['notice_id', 'notice_attempts.at', 'ended_at', 'unit_id', 'channel_id', 'result', 'error'])
    .where('case_id', '=', caseId)
    .orderBy('notice_attempts.id')
    .execute()
  return rows.map(({ notice_id, at, ended_at, unit_id, channel_id, result, error }) => ({
    noticeId: notice_id,
    at,
    unitId: unit_id ?? '',
    result,
    ...present({
      channel: channel_id ?? undefined,
      durationMs: ended_at === null || result === 'not_sent' ? undefined : ended_at - at,
      error: error ?? undefined,
    }),
  }))
}
