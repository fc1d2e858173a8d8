import type { LinkageTarget } from '@lifeline/contracts'
import type { Generated } from 'kysely'

/** How another service is reached besides NATS; its secret also signs what comes from there. */
export interface LinkageTargetTable {
  target: LinkageTarget
  url: string | null
  secret: string
  timeout_seconds: number
  ack_seconds: number
  changed_at: number
  changed_by: string
}

/** One request to another service: `waiting` until it is acknowledged, or given up after the last reminder. */
export interface LinkageTable {
  id: string
  target: LinkageTarget
  case_id: string
  reason: 'level_3' | 'summoned'
  state: Generated<'waiting' | 'acknowledged' | 'unanswered' | 'withdrawn'>
  created_at: number
  /** When the next thing is to be done about it, put off while somebody is at it. */
  due_at: number
  /** Given to NATS. */
  published_at: number | null
  /** Taken by the webhook. */
  sent_at: number | null
  /** Attempts of the webhook since it was last asked to be sent. */
  attempts: Generated<number>
  /** The acknowledgement is overdue from then on. */
  ack_by: number
  /** Reminders so far. */
  nags: Generated<number>
  last_error: string | null
  acknowledged_at: number | null
  reference: string | null
}

export interface LinkageTables {
  linkage_targets: LinkageTargetTable
  linkages: LinkageTable
}
