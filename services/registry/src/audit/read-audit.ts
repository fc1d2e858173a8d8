import type { Selectable } from 'kysely'
import type { RegistryDb } from '../database/registry-db.ts'
import type { AuditTable } from '../database/tables.ts'
import { type AuditedAct, type AuditedArea, auditedActs, auditedAreas } from './audit.ts'

export interface AuditSearch {
  /** Any of them. */
  readonly subjects?: readonly string[] | undefined
  readonly what?: AuditedAct | AuditedArea | undefined
  /** ms since the Unix epoch, both included. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Only what was written before the entry of this id. */
  readonly before?: number | undefined
  readonly limit: number
}

const isArea = (what: string): what is AuditedArea => (auditedAreas as readonly string[]).includes(what)

const actsOf = (area: AuditedArea): AuditedAct[] => auditedActs.filter((act) => act.startsWith(`${area}.`))

/** The newest `limit` entries that fit, newest first. */
export function readAudit(db: RegistryDb, search: AuditSearch): Promise<Selectable<AuditTable>[]> {
  const { subjects, what, from, to, before, limit } = search
  let rows = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit)
  if (subjects !== undefined) rows = rows.where('subject', 'in', subjects)
  if (what !== undefined) rows = rows.where('what', 'in', isArea(what) ? actsOf(what) : [what])
  if (from !== undefined) rows = rows.where('at', '>=', from)
  if (to !== undefined) rows = rows.where('at', '<=', to)
  if (before !== undefined) rows = rows.where('id', '<', before)
  return rows.execute()
}
