import type { Equipment, Kind, Role, RuleSettings, Unit } from '@lifeline/contracts'
import type { ColumnType, Generated } from 'kysely'

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

/** The user name is the device's or the gateway's id. */
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
}

/** Who changed a device's settings, when (ms since the Unix epoch), from what to what. Outlives the device. */
export interface SettingsAuditTable {
  id: Generated<number>
  device_id: string
  changed_at: number
  changed_by: string
  settings_before: Json<RuleSettings>
  settings_after: Json<RuleSettings>
}

/** What is set for all machines of a kind. */
export interface KindSettingsTable {
  kind: Kind
  settings: Json<RuleSettings>
}

export interface RegistryTables {
  sites: SiteTable
  units: UnitTable
  equipment: EquipmentTable
  gateways: GatewayTable
  credentials: CredentialTable
  users: UserTable
  settings_audit: SettingsAuditTable
  kind_settings: KindSettingsTable
}
