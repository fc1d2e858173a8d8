import type { DispatchSettings, ShiftPerson, TimelineEntry } from '@lifeline/contracts'
import type { ColumnType, Generated, GeneratedAlways, Kysely, Transaction } from 'kysely'
import type { ChannelTables, NoticeDeliveryColumns } from '../channels/channel-tables.ts'
import type { Curve } from '../evidence/curve.ts'
import type { LinkageTables } from '../linkage/linkage-tables.ts'
import type { DeskCase } from '../rescue/desk-case.ts'
import type { Notice } from '../rescue/notice.ts'
import type { RescuerTables } from '../rescuer/rescuer-tables.ts'

/** A JSON column: read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>

/**
 * A case is one JSON value; the columns that are searched and locked by are generated from it by the database, so that
 * they cannot say anything else than the case does.
 */
export interface CaseTable {
  rescue: Json<DeskCase>
  /** Place in the order of all changes at the desk. */
  change: number
  id: GeneratedAlways<string>
  device_id: GeneratedAlways<string>
  kind: GeneratedAlways<string>
  state: GeneratedAlways<string>
  level: GeneratedAlways<number>
  /** ms since the Unix epoch, as are all times here. */
  opened_at: GeneratedAlways<number>
  priority: GeneratedAlways<number>
  /** When the first of the case's clocks is due; null while none runs. */
  due_at: GeneratedAlways<number | null>
  /** The end of its timeline's chain: how many entries, and the hash of the last. */
  entries: number
  head: string
}

export interface TimelineTable {
  case_id: string
  /** Counts from 1 in each case. */
  seq: number
  at: number
  by: string
  what: string
  details: Json<TimelineEntry['details']>
  /** Over the entry before and this one: `rescue/timeline-chain.ts`. */
  hash: string
}

/** The device's curve around a case's event; null until it was read. */
export interface EvidenceTable {
  case_id: string
  from_time: number
  to_time: number
  /** When it is to be read next; null once it is stored, or nobody tries any more. */
  due_at: number | null
  attempts: number
  error: string | null
  curve: Json<Curve> | null
  stored_at: number | null
}

/** The case that stands for an incident of the engine; which revision it has heard stands in the case. */
export interface IncidentTable {
  incident_id: string
  case_id: string
}

/** Every decision to tell somebody of a case, in order, also one not to, with the reason. */
export interface NoticeTable extends NoticeDeliveryColumns {
  id: Generated<number>
  case_id: string
  at: number
  recipient: Notice['to']
  about: Notice['about']
  level: number | null
  unit_id: string | null
  not_sent: string | null
}

/** Who is on duty at a unit when. A shift that was taken out stays, with who did it. */
export interface ShiftTable {
  id: string
  unit_id: string
  starts: number
  ends: number
  people: Json<readonly ShiftPerson[]>
  entered_at: number
  entered_by: string
  removed_at: number | null
  removed_by: string | null
}

/** Every version of the settings and who made it; the newest counts. */
export interface SettingsTable {
  id: Generated<number>
  at: number
  by: string
  settings: Json<DispatchSettings>
}

export interface Tables extends ChannelTables, RescuerTables, LinkageTables {
  cases: CaseTable
  timeline: TimelineTable
  evidence: EvidenceTable
  incidents: IncidentTable
  notices: NoticeTable
  shifts: ShiftTable
  settings: SettingsTable
  /** One row: the number of changes so far. */
  changes: { count: number }
}

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
