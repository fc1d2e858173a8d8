import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Equipment, LinkageEnded, LinkageEvent } from '@lifeline/contracts'
import { present } from '../present.ts'
import type { ClosedCase, DeskCase } from '../rescue/desk-case.ts'
import type { LinkageRow } from './linkage-store.ts'

/** Says that a linkage is taken: only who was asked has it. It is made anew each time, so it is kept nowhere. */
export const ackToken = (sessionSecret: string, id: string): string =>
  createHmac('sha256', sessionSecret).update(`linkage-ack.${id}`).digest('base64url')

export function isAckToken(sessionSecret: string, id: string, token: string): boolean {
  const [given, right] = [Buffer.from(token), Buffer.from(ackToken(sessionSecret, id))]
  return given.length === right.length && timingSafeEqual(given, right)
}

export interface EventParts {
  readonly reason: LinkageEvent['data']['reason']
  readonly equipment: Equipment | undefined
  readonly publicUrl: string
  readonly sessionSecret: string
  readonly ackSeconds: number
}

/** What another service is asked, with all that it needs to go there. */
export function linkageEvent(linkage: LinkageRow, rescue: DeskCase, parts: EventParts): LinkageEvent {
  const { id, target, created_at } = linkage
  const { reason, equipment, publicUrl, sessionSecret, ackSeconds } = parts
  const { deviceId, rescueCode, address, rule, progress, openedAt, trapped, condition, callerPhone, measured } = rescue
  const { floor } = measured
  return {
    ...envelope(id, rescue.id, created_at),
    type: 'linkage.requested',
    data: {
      linkageId: id,
      target,
      reason,
      case: {
        id: rescue.id,
        deviceId,
        address,
        rule,
        level: progress.level,
        openedAt,
        condition,
        ...present({
          rescueCode,
          location: equipment?.location,
          trapped,
          callerPhone,
          floor: typeof floor === 'number' ? floor : undefined,
        }),
      },
      acknowledge: {
        url: `${publicUrl}/api/v1/linkage/${id}/ack`,
        token: ackToken(sessionSecret, id),
        within: ackSeconds,
      },
    },
  }
}

/** What a service that was asked is told once the case is over. */
export function endedEvent({ id, target, created_at }: LinkageRow, rescue: ClosedCase): LinkageEnded {
  const { deviceId, rescueCode, address, rule, progress } = rescue
  return {
    ...envelope(id, rescue.id, created_at),
    type: 'linkage.ended',
    data: {
      linkageId: id,
      target,
      case: { id: rescue.id, deviceId, address, rule, ...present({ rescueCode }) },
      closedAt: progress.closedAt,
      outcome: progress.outcome,
    },
  }
}

/** What the desk's CloudEvents to others have in common. @param at ms since the Unix epoch */
const envelope = (id: string, subject: string, at: number) =>
  ({
    specversion: '1.0',
    id,
    source: 'dispatch',
    subject,
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
  }) as const
