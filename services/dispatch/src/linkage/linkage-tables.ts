import type { Linkage, LinkageTarget } from '@lifeline/contracts'
import type { Generated } from 'kysely'

/** How another service is reached besides NATS; its secret also signs what comes from there. Never shown or logged. */
export interface LinkageTargetTable {
  target: LinkageTarget
  url: string | null
  secret: string
  timeout_seconds: number
  ack_seconds: number
  /** ms since the Unix epoch, as are all times here. */
  changed_at: number
  changed_by: string
}

/** One request to another service. */
export interface LinkageTable {
  id: string
  target: LinkageTarget
  case_id: string
  reason: Linkage['reason']
  state: Generated<Linkage['state']>
  created_at: number
  /** When the next thing is to be done about it; put off while somebody is at it. */
  due_at: number
  /** It is asked again from then on. */
  ack_by: number
  /** Given to NATS. */
  published_at: number | null
  /** Taken by the webhook, since it was asked last. */
  sent_at: number | null
  /** Attempts in vain since it was asked last. */
  attempts: Generated<number>
  /** How often it was asked again. */
  nags: Generated<number>
  last_error: string | null
  acknowledged_at: number | null
  reference: string | null
}

/** What another service handed over, by its own number. */
export interface LinkageTakeoverTable {
  target: LinkageTarget
  reference: string
  case_id: string
  at: number
}

export interface LinkageTables {
  linkage_targets: LinkageTargetTable
  linkages: LinkageTable
  linkage_takeovers: LinkageTakeoverTable
}
