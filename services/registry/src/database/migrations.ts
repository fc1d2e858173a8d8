import type { Migration } from 'kysely/migration'
import { createTables } from './001-create-tables.ts'
import { vendorFormats } from './002-vendor-formats.ts'
import { credentialAges } from './003-credential-ages.ts'
import { inspectionAndKindSettings } from './004-inspection-and-kind-settings.ts'
import { auditAndCommands } from './005-audit-and-commands.ts'
import { quarantine } from './006-quarantine.ts'
import { userStates } from './007-user-states.ts'
import { phones } from './008-phones.ts'

/** In the order of their names. What was released is never changed, only followed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-create-tables': createTables,
  '002-vendor-formats': vendorFormats,
  '003-credential-ages': credentialAges,
  '004-inspection-and-kind-settings': inspectionAndKindSettings,
  '005-audit-and-commands': auditAndCommands,
  '006-quarantine': quarantine,
  '007-user-states': userStates,
  '008-phones': phones,
}
