import type { ChannelTest, UnitContact } from '@lifeline/contracts'
import type { ColumnType, Generated } from 'kysely'
import type { ChannelConfig } from './channel-config.ts'

type Json<T> = ColumnType<T, string, string>

/** Times are ms since the Unix epoch. */
export interface ChannelTable {
  id: string
  config: Json<ChannelConfig>
  healthy: Generated<boolean>
  last_test: ColumnType<ChannelTest | null, string | null, string | null>
  /** When the schedule's next test is due; null where there is none. */
  test_due_at: number | null
  changed_at: number
  changed_by: string
}

/** Every test of a channel. */
export interface ChannelTestTable {
  id: Generated<number>
  channel_id: string
  at: number
  by: string
  ok: boolean
  duration_ms: number
  error: string | null
}

export interface UnitContactTable {
  unit_id: string
  contacts: Json<readonly UnitContact[]>
  changed_at: number
  changed_by: string
}

/** Every attempt to tell a unit of a case, and each time there was none and why. */
export interface NoticeAttemptTable {
  id: Generated<number>
  notice_id: number
  channel_id: string | null
  address: string | null
  at: number
  ended_at: number | null
  /** `under_way` until the answer is there; it stays so where the process ended before. */
  result: 'under_way' | 'sent' | 'failed' | 'refused' | 'not_sent'
  error: string | null
}

/** Where the delivery of a notice to a unit stands: `waiting` until `due_at`, which is put off while somebody is at it. */
export interface NoticeDeliveryColumns {
  delivery: Generated<'waiting' | 'sent' | 'not_sent' | 'before'>
  due_at: Generated<number>
}

export interface ChannelTables {
  channels: ChannelTable
  channel_tests: ChannelTestTable
  unit_contacts: UnitContactTable
  notice_attempts: NoticeAttemptTable
}
