import { auditChain } from './audit-chain.ts'
import { auditClocks, type ClockFigure } from './audit-clocks.ts'
import { auditDeliveries, type ChannelRequest, isTimedOut } from './audit-deliveries.ts'
import { auditEnding } from './audit-ending.ts'
import { auditLinkage } from './audit-linkage.ts'
import { auditNotices } from './audit-notices.ts'
import { auditSteps } from './audit-steps.ts'
import type { NightRecord } from './night.ts'

export interface NightAudit {
  /** What was not as it should be, each with the check that saw it; empty after a sound night. */
  readonly faults: readonly string[]
  readonly clocks: readonly ClockFigure[]
}

/** @param latestMs how late a clock may be acted on, and that be seen */
export function auditNight(night: NightRecord, latestMs: number): NightAudit {
  const { plan, cases, rescue, settings, standstill } = night
  const faults: string[] = []
  const clocks: ClockFigure[] = []
  const requests = Map.groupBy(channelRequests(night), ({ body }) => body.id.split('.')[0])
  const fireRequests = Map.groupBy(
    rescue.fire.requests.all.map(({ body }) => body),
    ({ subject }) => subject,
  )
  for (const { deviceId, fate } of plan) {
    const record = cases.get(deviceId)
    const found = (check: string, all: readonly string[]): void => {
      faults.push(...all.map((fault) => `${check}: ${deviceId} (${fate}): ${fault}`))
    }
    if (record === undefined) {
      found('ending', ['there is no case'])
      continue
    }
    const { id } = record.exported.case
    const clock = auditClocks(record, settings, { latestMs, standstill })
    clocks.push(...clock.figures)
    found('ending', auditEnding(record))
    found('steps', auditSteps(record))
    found('clocks', clock.faults)
    found('chain', auditChain(record))
    found('notices', auditNotices(record))
    found('deliveries', auditDeliveries(record, requests.get(id) ?? []))
    const fire = { requests: fireRequests.get(id) ?? [], reference: rescue.fire.numberOf(id) }
    found('linkage', auditLinkage(record, fire))
  }
  faults.push(...night.rewritten.map((what) => `chain: rewritten: ${what}`))
  faults.push(...night.refused.map((what) => `ending: a dispatcher was refused: ${what}`))
  faults.push(...rescue.mishaps.map((what) => `the rescue world itself: ${String(what)}`))
  const unsigned = rescue.sms.unsigned + rescue.voice.unsigned + rescue.fire.unsigned
  if (unsigned > 0) faults.push(`deliveries: ${unsigned} requests were not signed`)
  const mails = [...cases.values()].flatMap(({ deliveries }) => deliveries).filter(({ channel }) => channel === 'mail')
  const sent = mails.filter(({ result }) => result === 'sent').length
  const cut = mails.filter((mail) => mail.result === 'under_way' || isTimedOut(mail)).length
  const came = rescue.mail.mails.all.length
  if (came < sent || came > sent + cut) {
    faults.push(`deliveries: ${came} mails came, ${sent} recorded as sent, ${cut} cut`)
  }
  return { faults, clocks }
}

const channelRequests = ({ rescue }: NightRecord): ChannelRequest[] =>
  (['sms', 'voice'] as const).flatMap((channel) =>
    rescue[channel].requests.all.map(({ body, treatment }) => ({ channel, body, treatment })),
  )
