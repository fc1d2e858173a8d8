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
import { type EventParts, endedEvent, linkageEvent } from './linkage-event.ts'
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
/** So long it is tried to tell of an end, ms. */
const endPatienceMs = 10 * 60_000
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

/** Asks other services for help, again until they acknowledge, and tells them of the end, until `signal` aborts. */
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
  const { id, nags, ack_by, reason } = linkage
  if (reason === 'ended') return tellEnd(due, options)
  if (isClosed(rescue) || rescue.progress.state === 'freed') {
    await changeWaiting(db, id, { state: 'withdrawn' })
    return
  }
  const waited = target !== undefined && ack_by <= now()
  const asked = waited ? await remind(due, target, options) : linkage
  if (asked !== undefined) await tell({ ...due, linkage: asked }, reason, options)
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

async function tell(
  { linkage, rescue, target }: Due,
  reason: EventParts['reason'],
  options: LinkageOptions,
): Promise<void> {
  const { db, desk, directory, now } = options
  const { id } = linkage
  const equipment = directory.equipment(rescue.deviceId)
  const event = linkageEvent(linkage, rescue, {
    ...options,
    reason,
    equipment,
    ackSeconds: target?.ack_seconds ?? 0,
  })
  const sent = await send({ linkage, target }, JSON.stringify(event), options)
  if (sent === undefined) return
  const { error, change } = sent
  const late = retryAt(linkage, now())
  if (target === undefined) {
    // Nobody is set up to acknowledge: whoever listens on NATS may.
    await changeWaiting(db, id, { ...change, ...(error === undefined ? { state: 'published' } : { due_at: late }) })
    return
  }
  const due_at = error === undefined ? linkage.ack_by : Math.min(linkage.ack_by, late)
  await changeWaiting(db, id, { ...change, due_at })
  const answer = sent.answer === undefined ? undefined : acknowledgementIn(sent.answer)
  if (answer !== undefined) await acknowledge(db, desk, linkage, answer.reference, now())
}

/** Who was asked is told that the case is over; the desk telephones where that is not taken in time. */
async function tellEnd({ linkage, rescue, target }: Due, options: LinkageOptions): Promise<void> {
  const { db, desk, now } = options
  // Only what is closed has an end to tell of.
  if (!isClosed(rescue)) return
  const sent = await send({ linkage, target }, JSON.stringify(endedEvent(linkage, rescue)), options)
  if (sent === undefined) return
  const { id, case_id, created_at } = linkage
  const { error, change } = sent
  const late = retryAt(linkage, now())
  if (error === undefined) await changeWaiting(db, id, { ...change, state: 'published' })
  else if (late < created_at + endPatienceMs) await changeWaiting(db, id, { ...change, due_at: late })
  else {
    const name = serviceName[linkage.target]
    const text = `无法告知 ${name} 事件已结束，请电话联系 / ${name} could not be told of the end: telephone`
    await desk.act(case_id, { action: 'note', body: { text } }, theDesk, (tx) =>
      changeWaiting(tx, id, { ...change, state: 'unanswered' }),
    )
  }
}

/**
 * Brings a message to NATS and to the webhook, each until it has taken it.
 * @returns why it is not everywhere yet, what the webhook answered, and what to keep; undefined where our own end cut it
 */
async function send({ linkage, target }: Pick<Due, 'linkage' | 'target'>, body: string, options: LinkageOptions) {
  const { now, signal } = options
  const { id, nags, attempts } = linkage
  const unpublished = linkage.published_at === null ? await publish(linkage, body, options) : undefined
  const unsent = linkage.sent_at === null ? target : undefined
  const outcome =
    unsent === undefined || unsent.url === null
      ? undefined
      : await postSigned(
          { url: unsent.url, secret: unsent.secret, timeoutMs: unsent.timeout_seconds * 1000 },
          `${id}.${nags}`,
          body,
          signal,
        )
  if (outcome?.ok === false && signal.aborted) return undefined
  const error = outcome?.ok === false ? outcome.error : unpublished
  const change = {
    published_at: linkage.published_at ?? (unpublished === undefined ? now() : null),
    sent_at: outcome?.ok === true ? now() : linkage.sent_at,
    last_error: error ?? null,
    attempts: attempts + (error === undefined ? 0 : 1),
  }
  return { error, change, answer: outcome?.ok === true ? outcome.answer : undefined }
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
