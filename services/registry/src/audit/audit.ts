import type { RegistryDb } from '../database/registry-db.ts'

/** Everything that is audited: what it is about, and what was done. */
export const auditedActs = [
  'credential.issued',
  'credential.rotated',
  'credential.revoked',
  'equipment.entered',
  'equipment.changed',
  'equipment.removed',
  'settings.changed',
  'settings.tried',
  'command.sent',
  'user.entered',
  'user.changed',
  'user.disabled',
  'user.enabled',
  'user.password_reset',
  'phone.entered',
  'phone.removed',
] as const
export type AuditedAct = (typeof auditedActs)[number]

/** What acts are about: `credential` stands for all that can happen to one. */
export const auditedAreas = ['credential', 'equipment', 'settings', 'command', 'user', 'phone'] as const
export type AuditedArea = (typeof auditedAreas)[number]

/** Who does something, and when (ms since the Unix epoch). */
export interface Actor {
  readonly name: string
  readonly at: number
}

/**
 * Writes into the audit that somebody did something: in the transaction that does it, so that there is neither
 * without the other.
 * @param subject id of the device, gateway or phone or name of the user that it was done to, or `kind/{kind}`
 * @param details no secrets, and of operators' cards only their pseudonyms
 */
export async function recordAct(
  db: RegistryDb,
  by: Actor,
  what: AuditedAct,
  subject: string,
  details: object,
): Promise<void> {
  await db
    .insertInto('audit')
    .values({ at: by.at, by: by.name, what, subject, details: JSON.stringify(details) })
    .execute()
}
