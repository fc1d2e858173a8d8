import type { UnitContact } from '@lifeline/contracts'
import type { Directory } from '../directory.ts'
import { askedUnits, isClosed } from '../rescue/desk-case.ts'
import { hashOf, newLink } from '../rescuer/link-store.ts'
import type { Db, Tx } from '../store/tables.ts'
import type { ChannelConfig } from './channel-config.ts'
import { allChannels, contactsOf } from './channel-store.ts'
import {
  beginAttempt,
  type DueNotice,
  endAttempt,
  giveUp,
  isNoticeDue,
  lockDueNotice,
  noteUnusable,
  putOff,
} from './delivery-store.ts'
import { nextAttempt, sortContacts } from './next-attempt.ts'
import { caseFacts, noticeText, unitOf } from './notice-message.ts'
import { type ChannelMessage, type Means, sendMessage } from './send-message.ts'

/** From the end of an attempt's time until another process takes it for dead, ms. */
const graceMs = 2_000

export interface DeliveryOptions extends Means {
  readonly db: Db
  readonly directory: Directory
  /** Where rescuers reach the console. */
  readonly publicUrl: string
  readonly now: () => number
  /** Told how long an attempt took, ms, and how it ended. */
  readonly onAttempt: (channel: string, result: 'sent' | 'failed' | 'refused', durationMs: number) => void
  /** Told of a unit that no channel reached. */
  readonly onSilent: (caseId: string, unitId: string) => Promise<void>
}

interface Attempt {
  readonly id: number
  readonly channel: ChannelConfig
  readonly message: ChannelMessage
}

/** Takes the next notice to a unit that is due; undefined where there is none. */
export async function claimNotice(options: DeliveryOptions): Promise<(() => Promise<void>) | undefined> {
  const { db, now } = options
  if (!(await isNoticeDue(db, now()))) return undefined
  return db.transaction().execute(async (tx) => {
    const notice = await lockDueNotice(tx, now())
    if (notice === undefined) return undefined
    const attempt = await planned(tx, notice, options)
    if (attempt === 'silent') return () => options.onSilent(notice.rescue.id, notice.unitId)
    if (attempt === undefined) return async () => undefined
    return () => send(notice, attempt, options)
  })
}

async function planned(tx: Tx, notice: DueNotice, options: DeliveryOptions): Promise<Attempt | 'silent' | undefined> {
  const { id, unitId, past } = notice
  const now = options.now()
  const over = supersededBy(notice)
  if (over !== undefined) {
    await giveUp(tx, id, over, now)
    return undefined
  }
  const known = await allChannels(tx)
  const channels = new Map(known.map((channel) => [channel.id, { ...channel, enabled: channel.config.enabled }]))
  const { usable, unusable } = sortContacts(await contactsOf(tx, unitId), channels)
  if (past.length === 0) await noteUnusable(tx, id, unusable, now)
  const plan = nextAttempt(usable, channels, past, now)
  switch (plan.do) {
    case 'wait':
      await putOff(tx, id, plan.until)
      return undefined
    case 'stop':
      await giveUp(tx, id, plan.reason, now)
      return past.length > 0 ? 'silent' : undefined
    case 'send': {
      const channel = channels.get(plan.contact.channel)?.config
      if (channel === undefined) throw new TypeError(`contact of an unknown channel ${plan.contact.channel}`)
      const until = now + channel.timeoutSeconds * 1000 + graceMs
      const attemptId = await beginAttempt(tx, id, plan.contact, now, until)
      return { id: attemptId, channel, message: await messageFor(tx, notice, plan.contact, options) }
    }
  }
}

/** Why the notice has become pointless; undefined while it has not. */
function supersededBy({ about, unitId, rescue }: DueNotice): string | undefined {
  if (about === 'moved_on' || about === 'ended') return undefined
  if (isClosed(rescue)) return 'the case has ended'
  if (!askedUnits(rescue).includes(unitId)) return 'the case has moved on to another unit'
  return undefined
}

async function messageFor(
  tx: Tx,
  { id, about, unitId, rescue }: DueNotice,
  contact: UnitContact,
  { directory, publicUrl, now }: DeliveryOptions,
): Promise<ChannelMessage> {
  const needed = about !== 'moved_on' && about !== 'ended'
  // Each attempt has its own: the token is kept nowhere, so that it cannot be sent again.
  const link = needed ? `${publicUrl}/r/${await newLink(tx, rescue.id, unitId, now())}` : undefined
  return {
    // Two addresses may share a channel; an address itself does not belong into an id.
    id: `${rescue.id}.${id}.${contact.channel}.${hashOf(contact.address).slice(0, 12)}`,
    type: 'notice',
    to: contact.address,
    text: noticeText(about, rescue, link, now()),
    unit: unitOf(unitId, directory.units.get(unitId)),
    ...(link === undefined ? {} : { link }),
    case: caseFacts(about, rescue),
  }
}

async function send(notice: DueNotice, { id, channel, message }: Attempt, options: DeliveryOptions): Promise<void> {
  const { db, now, signal, push, onAttempt } = options
  const began = now()
  const outcome = await sendMessage(channel, message, { push, signal })
  // Cut short by our own end: whether it went through is not known, so it is repeated.
  if (!outcome.ok && signal.aborted) return
  await endAttempt(db, notice.id, id, outcome, now())
  onAttempt(channel.kind, outcome.ok ? 'sent' : outcome.permanent ? 'refused' : 'failed', now() - began)
}
