import type {
  CommandOrder,
  Equipment,
  Kind,
  QuarantineCut,
  QuarantineRecord,
  Role,
  RuleSettings,
  Unit,
} from '@lifeline/contracts'
import type { ColumnType, Generated } from 'kysely'
import type { AuditedAct } from '../audit/audit.ts'

/** Written as JSON text: the server's client would make a PostgreSQL array of a plain one. */
type Json<T> = ColumnType<T, string, string>

export interface SiteTable {
  id: string
  name: string
  kind: 'building' | 'construction'
  /** Outside the built-up area. */
  rural: boolean
  lat: number
  lon: number
}

export interface UnitTable {
  id: string
  name: string
  kind: Unit['kind']
  phone: string
  lat: number | null
  lon: number | null
}

export interface EquipmentTable {
  device_id: string
  kind: Kind
  site_id: string
  rescue_code: string | null
  registration_code: string
  address: string
  lat: number
  lon: number
  use_unit: string
  maintenance_unit: string
  approved_for_use: boolean
  /** ISO date; null where none is known. */
  inspection_due_on: string | null
  /** s. */
  report_interval: number
  /** The format it speaks, where that is not the native one. */
  format: string | null
  /** What it is called there, where that is not the device id. */
  vendor_id: string | null
  operators: Json<string[]>
  parameters: Json<Equipment['parameters']>
  settings: Json<RuleSettings>
}

export interface GatewayTable {
  id: string
  site_id: string
}

/** Of rescuers; the id is also its user name and the address of a contact. */
export interface PhoneTable {
  id: string
  unit_id: string
  /** Whose it is, as people say it. */
  name: string
}

/** The user name is the device's, the gateway's or the phone's id. */
export interface CredentialTable {
  username: string
  salt: string
  secret_hash: string
  /** ms since the Unix epoch. */
  issued_at: number
}

export interface UserTable {
  name: string
  role: Role
  unit_id: string | null
  /** As `password-hash.ts` writes it, its parameters included. */
  password_hash: string
  /** ms since the Unix epoch; null: may sign in. */
  disabled_at: Generated<number | null>
  /** Sessions issued before count no more, ms since the Unix epoch. */
  sessions_from: Generated<number | null>
}

/** Who did what when (ms since the Unix epoch) to what. Only added to; outlives what it speaks of. */
export interface AuditTable {
  id: Generated<number>
  at: number
  by: string
  what: AuditedAct
  /** Id of the device or gateway, name of the user, or `kind/{kind}`. */
  subject: string
  details: Json<Record<string, unknown>>
}

/** Commands to devices. Times in ms since the Unix epoch; outlives the device. */
export interface CommandTable {
  /** In the order in which they were given. */
  number: Generated<number>
  id: string
  device_id: string
  kind: Kind
  name: CommandOrder['name']
  args: Json<Record<string, unknown>>
  given_by: string
  why: string | null
  sent_at: number
  expires_at: number
  handed_at: number | null
  delivered_at: number | null
  answered_at: number | null
  ok: boolean | null
  /** The device's, where it is not ok. */
  reason: string | null
}

/** What is set for all machines of a kind. */
export interface KindSettingsTable {
  kind: Kind
  settings: Json<RuleSettings>
}

/** What stands in the stream QUARANTINE, and what became of it. Times in ms since the Unix epoch. */
export interface QuarantineTable {
  /** Sequence in the stream. */
  id: number
  source: QuarantineRecord['source']
  kind: QuarantineRecord['kind']
  device_id: string
  topic: string
  received_at: number
  reason: string
  path: string | null
  excerpt: string
  payload_bytes: number
  /** null in records of before there was such a thing. */
  cut: QuarantineCut | null
  /** The last try to take it again. */
  tried_at: number | null
  tried_by: string | null
  /** What was still wrong then. */
  failure: string | null
  /** Frames and events of it in the log; null until it was taken again without a fault. */
  stored: number | null
}

export interface RegistryTables {
  sites: SiteTable
  units: UnitTable
  equipment: EquipmentTable
  gateways: GatewayTable
  credentials: CredentialTable
  phones: PhoneTable
  users: UserTable
  audit: AuditTable
  commands: CommandTable
  kind_settings: KindSettingsTable
  quarantine: QuarantineTable
}
