import type { Bus } from '@lifeline/bus'
import { linkageSubject } from '@lifeline/contracts'
import type { Health, Logger } from '@lifeline/service-kit'
import { theDesk } from '../access.ts'
import { postSigned } from '../channels/webhook.ts'
import { type Doorbell, runQueue } from '../channels/work-queue.ts'
import type { Desk } from '../desk.ts'
import type { Directory } from '../directory.ts'
import { type DeskCase, isClosed } from '../rescue/desk-case.ts'
import type { Db } from '../store/tables.ts'
import { acknowledge, acknowledgementIn, serviceName } from './acknowledge.ts'
import { linkageEvent } from './linkage-event.ts'
import {
  changeWaiting,
  findTarget,
  isLinkageDue,
  type LinkageRow,
  lockDueLinkage,
  type TargetRow,
  takeOutsideNotice,
} from './linkage-store.ts'

/** So often it is asked again; by then the desk has been told to telephone as often. */
const mostNags = 5
const longestPauseMs = 30_000
const publishTimeoutMs = 5_000
const graceMs = 2_000
const atOnce = 8

export interface LinkageOptions {
  readonly db: Db
  readonly bus: Bus
  readonly desk: Desk
  readonly directory: Directory
  readonly publicUrl: string
  readonly sessionSecret: string
  readonly now: () => number
  readonly signal: AbortSignal
  readonly bell: Doorbell
  readonly health: Health
  readonly logger: Logger
}

interface Due {
  readonly linkage: LinkageRow
  readonly rescue: DeskCase
  readonly target: TargetRow | undefined
}

/** Asks other services for help, and again until they acknowledge, until `signal` aborts. */
export async function runLinkage(options: LinkageOptions): Promise<void> {
  const { signal, bell, health, logger } = options
  await runQueue({
    claim: () => claim(options),
    atOnce,
    bell,
    signal,
    report: (reason) => health.report('linkage', reason),
    onFailed: (error) => logger.error({ err: error }, 'linkage: not done, it is tried again'),
  })
}

async function claim(options: LinkageOptions): Promise<(() => Promise<void>) | undefined> {
  const { db, now } = options
  if (!(await isLinkageDue(db, now()))) return undefined
  if (await takeOutsideNotice(db, now())) return async () => undefined
  const due = await db.transaction().execute(async (tx): Promise<Due | undefined> => {
    const linkage = await lockDueLinkage(tx, now())
    if (linkage === undefined) return undefined
    const target = await findTarget(tx, linkage.target)
    const leaseMs = publishTimeoutMs + (target?.timeout_seconds ?? 0) * 1000 + graceMs
    await changeWaiting(tx, linkage.id, { due_at: now() + leaseMs })
    const found = tx.selectFrom('cases').select('rescue').where('id', '=', linkage.case_id)
    return { linkage, target, rescue: (await found.executeTakeFirstOrThrow()).rescue }
  })
  return due && (() => work(due, options))
}

async function work(due: Due, options: LinkageOptions): Promise<void> {
  const { linkage, rescue, target } = due
  const { db, now } = options
  const { id, nags, ack_by } = linkage
  if (isClosed(rescue) || rescue.progress.state === 'freed') {
    await changeWaiting(db, id, { state: 'withdrawn' })
    return
  }
  const waited = target !== undefined && ack_by <= now()
  const asked = waited ? await remind(due, target, options) : linkage
  if (asked !== undefined) await tell({ ...due, linkage: asked }, options)
  else if (nags >= mostNags) await changeWaiting(db, id, { state: 'unanswered' })
}

/** The desk is told to telephone, and the service is asked anew. @returns undefined where it was asked enough */
async function remind({ linkage }: Due, target: TargetRow, { desk, now }: LinkageOptions) {
  const { id, nags, case_id } = linkage
  const name = serviceName[linkage.target]
  const text = `${name} ${target.ack_seconds} 秒内未确认，请电话联系 / has not acknowledged in ${target.ack_seconds} s: telephone`
  const again = { nags: nags + 1, ack_by: now() + target.ack_seconds * 1000, sent_at: null, attempts: 0 }
  await desk.act(case_id, { action: 'note', body: { text } }, theDesk, (tx) => changeWaiting(tx, id, again))
  return nags < mostNags ? { ...linkage, ...again } : undefined
}

async function tell({ linkage, rescue, target }: Due, options: LinkageOptions): Promise<void> {
  const { db, desk, directory, now, signal } = options
  const { id, nags } = linkage
  const equipment = directory.equipment(rescue.deviceId)
  const event = linkageEvent(linkage, rescue, { ...options, equipment, ackSeconds: target?.ack_seconds ?? 0 })
  const body = JSON.stringify(event)
  const unpublished = linkage.published_at === null ? await publish(linkage, body, options) : undefined
  const published_at = linkage.published_at ?? (unpublished === undefined ? now() : null)
  if (target === undefined) {
    // Nobody is set up to acknowledge: whoever listens on NATS may.
    const settled = published_at === null ? { due_at: retryAt(linkage, now()) } : { state: 'published' as const }
    await changeWaiting(db, id, {
      published_at,
      last_error: unpublished ?? null,
      attempts: linkage.attempts + 1,
      ...settled,
    })
    return
  }
  const { url, secret, timeout_seconds } = target
  const unsent = url !== null && linkage.sent_at === null
  const outcome = unsent
    ? await postSigned({ url, secret, timeoutMs: timeout_seconds * 1000 }, `${id}.${nags}`, body, signal)
    : undefined
  if (outcome?.ok === false && signal.aborted) return
  const error = outcome?.ok === false ? outcome.error : unpublished
  await changeWaiting(db, id, {
    published_at,
    sent_at: outcome?.ok === true ? now() : linkage.sent_at,
    last_error: error ?? null,
    attempts: linkage.attempts + (error === undefined ? 0 : 1),
    due_at: error === undefined ? linkage.ack_by : Math.min(linkage.ack_by, retryAt(linkage, now())),
  })
  const answer = outcome?.ok === true ? acknowledgementIn(outcome.answer) : undefined
  if (answer !== undefined) await acknowledge(db, desk, linkage, answer.reference, now())
}

const retryAt = ({ attempts }: LinkageRow, now: number): number =>
  now + Math.min(longestPauseMs, 1_000 * 2 ** Math.min(attempts, 10))

/** @returns why it is not on NATS; undefined where it is, once however often this is done */
async function publish({ id, target, case_id }: LinkageRow, body: string, { bus }: LinkageOptions) {
  try {
    const jetstream = bus.connection.jetstream({ timeout: publishTimeoutMs })
    await jetstream.publish(linkageSubject(target, case_id), body, { msgID: id })
    return undefined
  } catch (error) {
    return `NATS: ${error instanceof Error ? error.message : String(error)}`
  }
}
