import { randomUUID } from 'node:crypto'
import type { Linkage, LinkageSettingsChange, LinkageTarget } from '@lifeline/contracts'
import { type Selectable, sql } from 'kysely'
import { present } from '../present.ts'
import { invalid } from '../rescue/action-refused.ts'
import type { Db, Tx } from '../store/tables.ts'
import type { LinkageTable, LinkageTargetTable } from './linkage-tables.ts'

export type LinkageRow = Selectable<LinkageTable>
export type TargetRow = Selectable<LinkageTargetTable>

export async function allTargets(db: Db | Tx): Promise<TargetRow[]> {
  return db.selectFrom('linkage_targets').selectAll().orderBy('target').execute()
}

export async function findTarget(db: Db | Tx, target: LinkageTarget): Promise<TargetRow | undefined> {
  return db.selectFrom('linkage_targets').selectAll().where('target', '=', target).executeTakeFirst()
}

/** @throws ActionRefused where there is no secret yet, or the URL leads elsewhere than the one it was given for */
export function putTarget(db: Db, target: LinkageTarget, change: LinkageSettingsChange, by: string, at: number) {
  return db.transaction().execute(async (tx) => {
    const known = await findTarget(tx, target)
    const moved = change.url !== undefined && known?.url !== null && known?.url !== change.url
    const secret = change.secret ?? (moved ? undefined : known?.secret)
    if (secret === undefined) throw invalid('secret', 'a secret is needed for this URL')
    const { url = null, timeoutSeconds, ackSeconds } = change
    const values = {
      url,
      secret,
      timeout_seconds: timeoutSeconds,
      ack_seconds: ackSeconds,
      changed_at: at,
      changed_by: by,
    }
    await tx
      .insertInto('linkage_targets')
      .values({ target, ...values })
      .onConflict((conflict) => conflict.column('target').doUpdateSet(values))
      .execute()
  })
}

/** Whom each notice outside asks: the bureau hears of every case that goes to fire by its level. */
const targetsOf = (recipient: string, about: string): readonly LinkageTarget[] =>
  recipient === '120' ? ['medical'] : about === 'assigned' ? ['fire', 'bureau'] : ['fire']

/** Who of those that a recipient stands for was asked for a case. */
async function askedOf(tx: Tx, caseId: string, recipient: string): Promise<readonly LinkageTarget[]> {
  const rows = await tx.selectFrom('linkages').select('target').distinct().where('case_id', '=', caseId).execute()
  return rows.map(({ target }) => target).filter((target) => (target === 'medical') === (recipient === '120'))
}

const reasonOf = (about: string): Linkage['reason'] =>
  about === 'ended' ? 'ended' : about === 'assigned' ? 'level_3' : 'summoned'

/** Whether there is anything to do, at less than a transaction's cost: it is asked all night. */
export async function isLinkageDue(db: Db, now: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 where
      exists (select from notices where delivery = 'waiting' and recipient in ('119', '120') and not_sent is null)
      or exists (select from linkages where state = 'waiting' and due_at <= ${now})`.execute(db)
  return rows.length > 0
}

/** Turns the next notice to 119 or 120 into requests; an exercise reaches nobody. @returns whether there was one */
export function takeOutsideNotice(db: Db, now: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const notice = await tx
      .selectFrom('notices')
      .innerJoin('cases', 'cases.id', 'notices.case_id')
      .select(['notices.id', 'case_id', 'recipient', 'about', 'rescue'])
      .where('delivery', '=', 'waiting')
      .where('recipient', 'in', ['119', '120'])
      .where('not_sent', 'is', null)
      .orderBy('notices.id')
      .limit(1)
      .forUpdate('notices')
      .skipLocked()
      .executeTakeFirst()
    if (notice === undefined) return false
    const { id, case_id, recipient, about, rescue } = notice
    const asks = (about === 'assigned' || about === 'summoned' || about === 'ended') && !rescue.drill
    const targets = about === 'ended' ? await askedOf(tx, case_id, recipient) : targetsOf(recipient, about)
    await tx
      .updateTable('notices')
      .set({ delivery: asks ? 'sent' : 'not_sent' })
      .where('id', '=', id)
      .execute()
    for (const target of asks ? targets : []) {
      const ackSeconds = (await findTarget(tx, target))?.ack_seconds ?? 0
      await tx
        .insertInto('linkages')
        .values({
          id: randomUUID(),
          target,
          case_id,
          reason: reasonOf(about),
          created_at: now,
          due_at: now,
          ack_by: now + ackSeconds * 1000,
          published_at: null,
          sent_at: null,
          last_error: null,
          acknowledged_at: null,
          reference: null,
        })
        .execute()
    }
    return true
  })
}

export async function lockDueLinkage(tx: Tx, now: number): Promise<LinkageRow | undefined> {
  return tx
    .selectFrom('linkages')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

/** Changes a request that still waits; one acknowledged meanwhile stays as it is. */
export async function changeWaiting(db: Db | Tx, id: string, change: Partial<LinkageRow>): Promise<boolean> {
  const query = db.updateTable('linkages').set(change).where('id', '=', id).where('state', '=', 'waiting')
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

/** @returns false where it was acknowledged before */
export async function setAcknowledged(tx: Tx, id: string, reference: string | undefined, now: number) {
  const { numUpdatedRows } = await tx
    .updateTable('linkages')
    .set({ state: 'acknowledged', acknowledged_at: now, reference: reference ?? null })
    .where('id', '=', id)
    .where('state', '<>', 'acknowledged')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function findLinkage(db: Db, id: string): Promise<LinkageRow | undefined> {
  return db.selectFrom('linkages').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function linkagesOf(db: Db, caseId: string): Promise<Linkage[]> {
  const rows = await db
    .selectFrom('linkages')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .orderBy('target')
    .execute()
  return rows.map(({ id, target, reason, state, created_at, nags, ...row }) => ({
    id,
    target,
    reason,
    state,
    at: created_at,
    reminders: nags,
    ...present({
      sentAt: row.sent_at ?? undefined,
      acknowledgedAt: row.acknowledged_at ?? undefined,
      reference: row.reference ?? undefined,
      error: row.last_error ?? undefined,
    }),
  }))
}
