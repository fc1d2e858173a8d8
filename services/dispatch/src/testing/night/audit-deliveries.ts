import type { Delivery } from '@lifeline/contracts'
import type { ChannelMessage } from '../../channels/send-message.ts'
import type { Treatment } from '../rescue-world/webhook-receiver.ts'
import type { CaseRecord } from './case-record.ts'

/** A request as a channel's other end had it. */
export interface ChannelRequest {
  readonly channel: string
  readonly body: ChannelMessage
  readonly treatment: Treatment
}

const isSettled = ({ result, channel }: Delivery): boolean =>
  result === 'sent' || (result === 'not_sent' && channel === undefined)

/** The deliveries of each notice, by its number. */
export const byNotice = ({ deliveries }: CaseRecord): ReadonlyMap<number, readonly Delivery[]> =>
  Map.groupBy(deliveries, ({ noticeId }) => noticeId)

/** Whether all that was to be sent of a case was, or says why not. */
export const isDelivered = (record: CaseRecord): boolean => {
  const notices = [...byNotice(record).values()]
  const { exported, linkages } = record
  const ends = exported.notices.filter(({ to, about }) => (to === '119' || to === '120') && about === 'ended').length
  if (linkages.filter(({ reason }) => reason === 'ended').length < ends) return false
  if (linkages.some(({ state }) => state === 'waiting')) return false
  return notices.length >= toSend(record) && notices.every((attempts) => attempts.some(isSettled))
}

const toSend = ({ exported }: CaseRecord): number =>
  exported.notices.filter(({ to, notSent }) => to === 'unit' && notSent === undefined).length

/**
 * Whether every notice to a unit came to an end that is recorded, and every attempt that reached a channel is, as it
 * went there.
 * @param requests that the channels had of this case
 */
export function auditDeliveries(record: CaseRecord, requests: readonly ChannelRequest[]): readonly string[] {
  const faults: string[] = []
  const notices = byNotice(record)
  if (notices.size !== toSend(record)) faults.push(`${toSend(record)} notices to units, ${notices.size} with attempts`)
  for (const [noticeId, attempts] of notices) {
    const ends = attempts.filter(isSettled).length
    if (ends !== 1) faults.push(`notice ${noticeId} came to ${ends} ends: ${JSON.stringify(attempts)}`)
    for (const { result, error } of attempts) {
      if (result !== 'sent' && result !== 'under_way' && !error)
        faults.push(`notice ${noticeId}: ${result} without why`)
    }
    for (const channel of ['sms', 'voice']) {
      const mine = attempts.filter((attempt) => attempt.channel === channel)
      const had = requests.filter(({ body, channel: at }) => at === channel && noticeOf(body) === noticeId)
      faults.push(...compare(mine, had).map((fault) => `notice ${noticeId} by ${channel}: ${fault}`))
    }
  }
  for (const { body } of requests) {
    if (!notices.has(noticeOf(body)))
      faults.push(`${body.to} was told of notice ${noticeOf(body)}, which is not recorded`)
  }
  return faults
}

/** `{case}.{notice}.{channel}.{address}` */
const noticeOf = ({ id }: ChannelMessage): number => Number(id.split('.')[1])

/** Nobody waited for the answer any more; the request may have come all the same. */
export const isTimedOut = ({ result, error = '' }: Delivery): boolean =>
  result === 'failed' && error.startsWith('no answer in')

/**
 * What the desk says of its attempts at a channel against what came there. An attempt cut by a kill, or whose answer
 * was late, may have come.
 */
function compare(attempts: readonly Delivery[], requests: readonly ChannelRequest[]): string[] {
  const count = (result: Delivery['result']): number => attempts.filter((attempt) => attempt.result === result).length
  const cut = count('under_way') + attempts.filter(isTimedOut).length
  const taken = requests.filter(({ treatment }) => treatment === 'take').length
  const faults: string[] = []
  if (requests.length > attempts.length) faults.push(`${requests.length} requests, ${attempts.length} recorded`)
  if (taken < count('sent') || taken > count('sent') + cut) {
    faults.push(`${taken} taken, ${count('sent')} recorded as sent, ${cut} cut`)
  }
  return faults
}
